package dev.sluice.sink.partition;

import dev.sluice.broker.Backoff;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.change.status.State;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.write.BatchWriter;
import dev.sluice.sink.write.ErrorStore;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one batch after the other, and the same one again until the target takes it or a row of it may be parked: a row
 * is never passed over for a later one of its table. Not thread-safe.
 */
final class Writing {
    private static final Logger LOG = LoggerFactory.getLogger(Writing.class);

    private static final Duration LOST_CHECK = Duration.ofMillis(500);

    private final PartitionProgress progress;
    private final StopSignal stop;
    private final Parking parking;
    private final Suspension suspension;
    private final TableTrouble tableTrouble;
    private final Duration badRowPause;
    private final Backoff retry = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));
    private final Backoff fatal = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(30));

    /**
     * What became of a batch.
     *
     * @param batch as it was written at last, with refused rows set aside
     */
    record Done(RowBatch batch, WriteOutcome outcome) {}

    Writing(
            PartitionProgress progress,
            StopSignal stop,
            Parking parking,
            Suspension suspension,
            TableTrouble tableTrouble,
            Duration badRowPause) {
        this.progress = progress;
        this.stop = stop;
        this.parking = parking;
        this.suspension = suspension;
        this.tableTrouble = tableTrouble;
        this.badRowPause = badRowPause;
    }

    /**
     * Writes a batch.
     *
     * @param owned whether the queue is still ours; without it, trying on makes no sense
     * @return null if it was given up because of a stop or a lost queue
     */
    @Nullable
    Done write(BatchWriter writer, RowBatch whole, BooleanSupplier owned) throws InterruptedException {
        RowBatch batch = whole;
        while (true) {
            Duration pause;
            try {
                String suspended = suspension.reason(batch.before());
                if (suspended != null) {
                    progress.in(State.SUSPENDED, suspended, suspended, false);
                    if (!patient(suspension.left(), owned)) {
                        return null;
                    }
                }
                WriteOutcome outcome = writer.write(batch);
                succeeded();
                tableTrouble.over();
                return new Done(batch, outcome);
            } catch (WriteFailed e) {
                Failure failure = tableTrouble.grown(e.failure(), batch);
                if (failure instanceof Failure.BadRow bad && writer.errors() != null) {
                    RowBatch smaller = parking.without(batch, bad);
                    if (smaller != null) {
                        LOG.warn("partition {}: parks {}", batch.partition(), describe(bad, false));
                        batch = smaller;
                        continue;
                    }
                    pause = suspended(writer.errors(), batch, bad);
                } else {
                    pause = failed(failure);
                }
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

    private Duration suspended(ErrorStore store, RowBatch batch, Failure.BadRow bad) {
        String shown = suspension.refused(store, batch.before(), describe(bad, true));
        progress.in(State.SUSPENDED, shown, describe(bad, false), false);
        return suspension.left();
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
