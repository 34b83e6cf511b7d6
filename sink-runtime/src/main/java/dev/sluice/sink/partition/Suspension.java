package dev.sluice.sink.partition;

import dev.sluice.broker.Backoff;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.ErrorStore;
import dev.sluice.sink.write.WriteFailed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a partition is suspended because of a refused row, how often that was tried and when it is tried again: at growing
 * pauses and not for ever. Kept at the target, so a restart does not forget it. Of the worker's thread only.
 */
final class Suspension {
    private static final Logger LOG = LoggerFactory.getLogger(Suspension.class);

    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Partition partition;
    private final long generation;
    private final int recoveries;
    private final Duration firstPause;
    private ErrorStore.@Nullable Suspension current;
    private long due;

    Suspension(TargetPartition assignment, Duration firstPause) {
        partition = assignment.partition();
        generation = assignment.generation();
        recoveries = assignment.rules().recoveries();
        this.firstPause = firstPause;
    }

    /** Takes over what the target says of the place behind a watermark. */
    void load(ErrorStore store, Watermark watermark) throws WriteFailed {
        if (current != null && current.at().equals(watermark)) {
            return;
        }
        current = store.suspension(partition)
                .filter(found -> found.at().equals(watermark) && found.generation() >= generation)
                .orElse(null);
        if (current != null) {
            due = System.nanoTime() + pause(current.tries()).toNanos();
        }
    }

    /** Why nothing behind a watermark is tried now; null if it is. */
    @Nullable
    String reason(Watermark watermark) {
        ErrorStore.Suspension now = current;
        return now == null || !now.at().equals(watermark) || left().isZero() ? null : text(now);
    }

    /** How long to wait before the next try. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, due - System.nanoTime()));
    }

    /** Notes that a row behind a watermark was refused; returns what to say. */
    String refused(ErrorStore store, Watermark watermark, String reason) {
        int before = current != null && current.at().equals(watermark) ? current.tries() : 0;
        ErrorStore.Suspension now = new ErrorStore.Suspension(watermark, generation, before + 1, reason);
        current = now;
        due = System.nanoTime() + pause(now.tries()).toNanos();
        try {
            store.suspend(partition, now);
        } catch (WriteFailed e) {
            LOG.warn("partition {}: its suspension cannot be noted at the target: {}", partition, e.getMessage());
        }
        return text(now);
    }

    private String text(ErrorStore.Suspension now) {
        return now.tries() <= recoveries
                ? now.reason()
                : now.reason() + "; tried " + now.tries() + " times, not tried again before the pipeline is released";
    }

    private Duration pause(int tries) {
        if (tries > recoveries) {
            return Duration.ofDays(36_500);
        }
        return Backoff.pause(firstPause, LONGEST_PAUSE, tries - 1);
    }
}
