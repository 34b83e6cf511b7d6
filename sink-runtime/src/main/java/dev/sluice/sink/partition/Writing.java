package dev.sluice.sink.partition;

import dev.sluice.broker.Backoff;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.change.status.State;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.write.BatchWriter;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one batch after the other, and the same one again until the target takes it: a row is never set aside for a
 * later one. Not thread-safe.
 */
final class Writing {
    private static final Logger LOG = LoggerFactory.getLogger(Writing.class);

    private static final Duration LOST_CHECK = Duration.ofMillis(500);

    private final PartitionProgress progress;
    private final StopSignal stop;
    private final Duration badRowPause;
    private final Backoff retry = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));
    private final Backoff fatal = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(30));

    Writing(PartitionProgress progress, StopSignal stop, Duration badRowPause) {
        this.progress = progress;
        this.stop = stop;
        this.badRowPause = badRowPause;
    }

    /**
     * Writes a batch.
     *
     * @param owned whether the queue is still ours; without it, trying on makes no sense
     * @return null if it was given up because of a stop or a lost queue
     */
    @Nullable
    WriteOutcome write(BatchWriter writer, RowBatch batch, BooleanSupplier owned) throws InterruptedException {
        while (true) {
            Duration pause;
            try {
                WriteOutcome outcome = writer.write(batch);
                succeeded();
                return outcome;
            } catch (WriteFailed e) {
                pause = failed(e.failure());
            } catch (RuntimeException e) {
                LOG.error("partition {}: the batch behind {} cannot be written", batch.partition(), batch.before(), e);
                String reason = "internal error behind entry " + batch.before().seq() + ": " + e;
                progress.in(State.FAILED, reason, e.getClass().getSimpleName(), false);
                pause = badRowPause;
            }
            if (!patient(pause, owned)) {
                return null;
            }
        }
    }

    /** The target answered. */
    void succeeded() {
        retry.succeeded();
        fatal.succeeded();
    }

    /** Notes a failure; returns how long to pause before the next try. */
    Duration failed(Failure failure) {
        if (failure instanceof Failure.Retryable) {
            progress.in(State.RETRYING, failure.reason(), failure.reason(), true);
            return retry.next();
        }
        if (failure instanceof Failure.BadRow bad) {
            progress.in(State.FAILED, describe(bad, true), describe(bad, false), false);
            return badRowPause;
        }
        progress.in(State.FAILED, failure.reason(), failure.reason(), true);
        return fatal.next();
    }

    private boolean patient(Duration pause, BooleanSupplier owned) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            if (stop.isRaised() || !owned.getAsBoolean()) {
                return false;
            }
            if (left <= 0) {
                return true;
            }
            stop.pause(Duration.ofNanos(Math.min(left, LOST_CHECK.toNanos())));
        }
    }

    private static String describe(Failure.BadRow bad, boolean withKey) {
        Row row = bad.row();
        if (row == null) {
            return bad.reason();
        }
        TransactionLine transaction = row.transaction();
        StringBuilder text = new StringBuilder()
                .append(row.table().schema())
                .append('.')
                .append(row.table().name());
        if (withKey) {
            for (int ordinal : row.table().key()) {
                String value = row.text(ordinal);
                text.append(' ')
                        .append(row.table().columns().get(ordinal).name())
                        .append('=')
                        .append(value == null || value.length() <= 64 ? value : value.substring(0, 64) + "…");
            }
        }
        return text.append(", entry ")
                .append(row.seq())
                .append(", transaction at ")
                .append(transaction.file())
                .append(':')
                .append(transaction.offset())
                .append(": ")
                .append(bad.reason())
                .toString();
    }
}
