package dev.sluice.capture.snapshot;

import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.message.SnapshotLine;
import dev.sluice.change.message.SnapshotLine.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One snapshot while it is being copied: its tables, one after the other. Not thread-safe. */
final class SnapshotRun {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRun.class);

    /** No such column, syntax, denied, no such table, no such index, function or mix of collations. */
    private static final Set<Integer> HOPELESS =
            Set.of(1044, 1054, 1064, 1142, 1143, 1146, 1176, 1227, 1235, 1267, 1271, 1305, 1370, 1525);

    private final CopySource source;
    private final SnapshotGate gate;
    private final Throttle throttle;
    private final Snapshot snapshot;
    private final RateMeter rate = new RateMeter();
    private TablePlan plan;
    private SnapshotLine state;
    private @Nullable TableCopy copy;
    private int part;

    SnapshotRun(CopySource source, SnapshotGate gate, Throttle throttle, Snapshot snapshot, SnapshotLine state) {
        this.source = source;
        this.gate = gate;
        this.throttle = throttle;
        this.snapshot = snapshot;
        this.state = state;
        plan = new TablePlan(List.of());
    }

    /** Finds out which tables are left. */
    void plan(Configuration configuration) throws IOException {
        plan = TablePlan.of(snapshot, configuration, SourceTables.all(source.connection()), state);
        LOG.info(
                "snapshot {}: {} tables to copy, about {} rows",
                snapshot.name(),
                plan.steps().size(),
                plan.estimate());
    }

    Snapshot snapshot() {
        return snapshot;
    }

    SnapshotLine state() {
        return state;
    }

    TablePlan plan() {
        return plan;
    }

    int tablesLeft() {
        return plan.steps().size() + (copy == null ? 0 : 1);
    }

    /** Rows of the present table as the source estimates them; 0 if there is none. */
    long presentEstimate() {
        return copy == null ? 0 : copy.name().estimate();
    }

    double rowsPerSecond() {
        return rate.perSecond();
    }

    /** What holds it back, without reading. */
    @Nullable
    String held() throws IOException {
        return throttle.reason(snapshot, source.connection());
    }

    /**
     * Copies the next chunk.
     *
     * @param states takes the new state and gives the states of all snapshots with it
     * @return why it was not used; null if it was
     */
    @Nullable
    String step(LogSink sink, States states) throws IOException, InterruptedException {
        if (copy == null && !begin()) {
            finish(sink, states);
            return null;
        }
        TableCopy now = Objects.requireNonNull(copy);
        try {
            return now.next(afterKey(now), throttle.mostRows(snapshot), (chunk, window, progress) -> {
                SnapshotLine next = state.read(
                        part,
                        now.name().schema(),
                        now.name().table(),
                        progress.rows(),
                        progress.after(),
                        progress.end());
                sink.copied(
                        snapshot.name(), snapshot.pipelines(), rows -> chunk.writeTo(rows, window), states.with(next));
                state = next;
                rate.read(progress.rows());
                throttle.read(snapshot, progress.rows());
                if (progress.end()) {
                    LOG.info("snapshot {}: {} is copied, {} rows", snapshot.name(), now.name(), next.tableRows());
                    copy = null;
                }
            });
        } catch (CannotCopy e) {
            failed(now, String.valueOf(e.getMessage()), sink, states);
        } catch (ServerError e) {
            if (!HOPELESS.contains(e.code())) {
                throw e;
            }
            failed(now, String.valueOf(e.getMessage()), sink, states);
        }
        return null;
    }

    /** Ends it for good. */
    void ended(Phase phase) {
        state = state.ended(phase);
    }

    private boolean begin() throws IOException {
        if (plan.steps().isEmpty()) {
            return false;
        }
        TablePlan.Step step = plan.steps().get(0);
        plan = new TablePlan(plan.steps().subList(1, plan.steps().size()));
        part = step.part();
        copy = new TableCopy(
                source.connection(),
                source.view(),
                gate,
                step.name(),
                snapshot.tables().get(part));
        LOG.info("snapshot {}: copying {}", snapshot.name(), step.name());
        return true;
    }

    private @Nullable List<String> afterKey(TableCopy now) {
        return state.isAt(part, now.name().schema(), now.name().table()) ? state.after() : null;
    }

    private void failed(TableCopy now, String why, LogSink sink, States states)
            throws IOException, InterruptedException {
        LOG.error("snapshot {}: {} cannot be copied: {}", snapshot.name(), now.name(), why);
        state = state.failed(part, now.name().schema(), now.name().table(), why);
        copy = null;
        note(sink, states);
    }

    private void finish(LogSink sink, States states) throws IOException, InterruptedException {
        ended(Phase.DONE);
        note(sink, states);
        LOG.info(
                "snapshot {}: done, {} rows of {} tables in {} chunks, {} tables failed",
                snapshot.name(),
                state.rows(),
                state.tables(),
                state.chunks(),
                state.failed().size());
    }

    /** Writes the state into the log without rows. */
    void note(LogSink sink, States states) throws IOException, InterruptedException {
        gate.enterInterruptibly();
        try {
            sink.copied(snapshot.name(), snapshot.pipelines(), rows -> {}, states.with(state));
        } finally {
            gate.leave();
        }
    }

    /** The states of all snapshots of the source. */
    interface States {
        List<SnapshotLine> with(SnapshotLine next);
    }
}
