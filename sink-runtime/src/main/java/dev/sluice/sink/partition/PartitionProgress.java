package dev.sluice.sink.partition;

import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.WriteOutcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
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
    private final RecentLag recentLag = new RecentLag(lag);
    private final LongAdder rows = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private volatile Watermark watermark = Watermark.NONE;
    private volatile long commitMicros;
    private volatile long oldestMicros;
    private volatile LongSupplier unacked = () -> 0;
    private volatile Map<TableLine.Target, Long> parked = Map.of();
    private volatile @Nullable Long statement;
    private volatile Condition condition = new Condition(State.STARTING, null, null);

    PartitionProgress(Partition partition) {
        this.partition = partition;
    }

    void at(Watermark now) {
        watermark = now;
    }

    /** It consumes; {@code unacknowledged} tells how many messages it was given and has not acknowledged. */
    void consuming(LongSupplier unacknowledged) {
        unacked = unacknowledged;
    }

    /** A batch is to be written; until it is, its first row is the oldest that waits. */
    void writing(RowBatch batch) {
        oldestMicros =
                batch.rows().isEmpty() ? 0 : batch.rows().get(0).transaction().time();
        DdlLine line = batch.statement();
        DdlLine.Barrier barrier = line == null ? null : line.barrier();
        statement = barrier == null ? null : barrier.entry();
    }

    /** Nothing that was delivered waits, or it was given back. */
    void nothingWaits() {
        oldestMicros = 0;
        statement = null;
    }

    void wrote(RowBatch batch, long notFound) {
        watermark = batch.after();
        nothingWaits();
        rows.add(batch.rows().size());
        missing.add(notFound);
        long now = now();
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

    /** What is parked now, by table. */
    void parked(Map<TableLine.Target, Long> rowsByTable) {
        Map<TableLine.Target, Long> before = parked;
        parked = Map.copyOf(rowsByTable);
        for (TableLine.Target table : difference(parked.keySet(), before.keySet())) {
            LOG.warn("partition {}: rows of {}.{} are parked", partition, table.schema(), table.name());
        }
        for (TableLine.Target table : difference(before.keySet(), parked.keySet())) {
            LOG.info("partition {}: no row of {}.{} is parked any more", partition, table.schema(), table.name());
        }
    }

    private static Set<TableLine.Target> difference(Set<TableLine.Target> of, Set<TableLine.Target> without) {
        Set<TableLine.Target> left = new HashSet<>(of);
        left.removeAll(without);
        return left;
    }

    /** A part of a transaction is written and not yet committed. */
    void wrotePart(RowBatch batch, long notFound) {
        rows.add(batch.rows().size());
        missing.add(notFound);
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

    /** It works and waits for others. */
    void waits(WriteOutcome.Waiting waiting) {
        State state = waiting.operator() ? State.SUSPENDED : State.RUNNING;
        Condition was = condition;
        if (was.state != state || !waiting.reason().equals(was.error)) {
            condition = new Condition(state, waiting.reason(), null);
            LOG.info("partition {}: {}", partition, waiting.reason());
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

    /** Whether a refused row keeps it from going on. */
    public boolean suspended() {
        return condition.state == State.SUSPENDED;
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

    public double unacknowledged() {
        return unacked.getAsLong();
    }

    /** Seconds since the oldest entry that waits was committed at the source; 0 if none waits. */
    public double oldestAgeSeconds() {
        long oldest = oldestMicros;
        return oldest == 0 ? 0 : Math.max(0, now() - oldest) / 1e6;
    }

    /** Lag below which a share of the rows of about the last minute stayed, from commit to commit. */
    public double lagSeconds(double share) {
        return recentLag.percentile(share) / 1e6;
    }

    /** Rows set aside that are not at the target, by table. */
    public Map<TableLine.Target, Long> parked() {
        return parked;
    }

    public PartitionStatus status() {
        Condition now = condition;
        Watermark mark = watermark;
        Map<TableLine.Target, Long> aside = parked;
        List<String> tables = aside.keySet().stream()
                .map(table -> table.schema() + "." + table.name())
                .sorted()
                .toList();
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
                unacked.getAsLong(),
                oldestMicros,
                lag.counts(),
                now.error,
                aside.values().stream().mapToLong(Long::longValue).sum(),
                tables.isEmpty() ? null : tables,
                statement);
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
