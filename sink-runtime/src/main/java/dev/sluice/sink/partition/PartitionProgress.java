package dev.sluice.sink.partition;

import dev.sluice.change.status.LagHistogram;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a partition has done and how it does; written by its worker, read by status, metrics and health. Thread-safe. */
public final class PartitionProgress {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionProgress.class);

    private record Condition(
            State state, @Nullable String error, @Nullable Instant since) {}

    private final Partition partition;
    private final LagHistogram lag = new LagHistogram();
    private final LongAdder rows = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private volatile Watermark watermark = Watermark.NONE;
    private volatile long commitMicros;
    private volatile Condition condition = new Condition(State.STARTING, null, null);

    PartitionProgress(Partition partition) {
        this.partition = partition;
    }

    void at(Watermark now) {
        watermark = now;
    }

    void wrote(RowBatch batch, long notFound) {
        watermark = batch.after();
        rows.add(batch.rows().size());
        missing.add(notFound);
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        long commit = 0;
        int run = 0;
        for (Row row : batch.rows()) {
            if (row.transaction().time() != commit && run > 0) {
                lag.record(now - commit, run);
                run = 0;
            }
            commit = row.transaction().time();
            run++;
        }
        if (run > 0) {
            lag.record(now - commit, run);
            commitMicros = commit;
        }
    }

    void dropped(long entries) {
        duplicates.add(entries);
    }

    void sawGap() {
        gaps.increment();
    }

    /** It works. */
    void in(State state) {
        Condition was = condition;
        condition = new Condition(state, null, null);
        if (was.error != null) {
            LOG.info("partition {}: {} again", partition, state);
        } else if (was.state != state) {
            LOG.info("partition {}: {}", partition, state);
        }
    }

    /**
     * It does not work.
     *
     * @param error for the screen; may name a key
     * @param logged for the log; without values
     * @param blocksHealth whether the instance cannot work, and not only this row
     */
    void in(State state, String error, String logged, boolean blocksHealth) {
        Condition was = condition;
        Instant since = was.since != null ? was.since : Instant.now();
        condition = new Condition(state, error, blocksHealth ? since : null);
        if (was.state != state || !Objects.equals(was.error, error)) {
            LOG.warn("partition {}: {}: {}", partition, state, logged);
        }
    }

    State state() {
        return condition.state;
    }

    /** Why it does not work now; null if it does. */
    public @Nullable String error() {
        return condition.error;
    }

    /** Since when the broker or the target cannot be used; null if they can. */
    public @Nullable Instant unusableSince() {
        return condition.since;
    }

    public double rows() {
        return rows.sum();
    }

    public double duplicates() {
        return duplicates.sum();
    }

    public double gaps() {
        return gaps.sum();
    }

    public double missing() {
        return missing.sum();
    }

    public PartitionStatus status() {
        Condition now = condition;
        Watermark mark = watermark;
        return new PartitionStatus(
                partition.pipeline(),
                partition.number(),
                now.state,
                mark.epoch(),
                mark.seq(),
                rows.sum(),
                duplicates.sum(),
                gaps.sum(),
                missing.sum(),
                commitMicros,
                lag.counts(),
                now.error);
    }
}
