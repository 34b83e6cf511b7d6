package dev.sluice.capture.snapshot;

import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.change.config.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Holds a snapshot back where the source or the pipelines have enough to do. Not thread-safe. */
final class Throttle {
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final ToLongFunction<Snapshot> backlog;
    private long nextLook = System.nanoTime();
    private long nextRead = System.nanoTime();
    private @Nullable String reason;

    /**
     * A throttle.
     *
     * @param backlog messages that wait in the partition queues of a snapshot's pipelines
     */
    Throttle(ToLongFunction<Snapshot> backlog) {
        this.backlog = backlog;
    }

    /** Why no chunk is to be read now; null if one may be. */
    @Nullable
    String reason(Snapshot snapshot, SourceConnection source) throws IOException {
        if (System.nanoTime() - nextRead < 0) {
            return "the limit of " + snapshot.effectiveLimits().rowsPerSecond() + " rows a second";
        }
        if (System.nanoTime() - nextLook >= 0) {
            reason = look(snapshot, source);
            nextLook = System.nanoTime() + PERIOD.toNanos();
        }
        return reason;
    }

    /** How many rows each of the next chunks may have, which are read side by side. */
    int mostRows(Snapshot snapshot, int chunks) {
        long perSecond = snapshot.effectiveLimits().rowsPerSecond();
        return perSecond == 0
                ? Integer.MAX_VALUE
                : (int) Math.min(Integer.MAX_VALUE, Math.max(1, perSecond / 2 / chunks));
    }

    void read(Snapshot snapshot, long rows) {
        long perSecond = snapshot.effectiveLimits().rowsPerSecond();
        if (perSecond > 0) {
            nextRead = Math.max(nextRead, System.nanoTime()) + (long) (rows * 1e9 / perSecond);
        }
    }

    private @Nullable String look(Snapshot snapshot, SourceConnection source) throws IOException {
        Snapshot.Limits limits = snapshot.effectiveLimits();
        long running = Long.parseLong(source.query("SHOW GLOBAL STATUS LIKE 'Threads_running'")
                .first("value")
                .orElse("0"));
        if (running > limits.threadsRunning()) {
            return "the source has " + running + " threads running, more than " + limits.threadsRunning();
        }
        long queued = backlog.applyAsLong(snapshot);
        return queued > limits.queuedMessages()
                ? queued + " messages wait in partition queues, more than " + limits.queuedMessages()
                : null;
    }
}
