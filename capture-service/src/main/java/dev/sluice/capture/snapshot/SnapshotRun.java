package dev.sluice.capture.snapshot;

import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.message.SnapshotLine;
import dev.sluice.change.message.SnapshotLine.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One snapshot while it is being copied: its tables, some of them side by side. Not thread-safe, but for the chunks it reads at once. */
final class SnapshotRun {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRun.class);

    /** No such column, syntax, denied, no such table, no such index, function or mix of collations. */
    private static final Set<Integer> HOPELESS =
            Set.of(1044, 1054, 1064, 1142, 1143, 1146, 1176, 1227, 1235, 1267, 1271, 1305, 1370, 1525);

    private final CopySource source;
    private final Lanes lanes;
    private final SnapshotGate gate;
    private final Throttle throttle;
    private final Snapshot snapshot;
    private final RateMeter rate = new RateMeter();
    private final List<Lane> copying = new ArrayList<>();
    private TablePlan plan;
    /** Changes inside the gate while chunks are read. */
    private SnapshotLine state;

    /** A table that is being copied over one of the connections. */
    private record Lane(int number, TablePlan.Step step, TableCopy copy) {}

    /** Why a chunk was not written; both null if it was. */
    private record Outcome(
            Lane lane, @Nullable String note, @Nullable String failure) {}

    SnapshotRun(
            CopySource source,
            Lanes lanes,
            SnapshotGate gate,
            Throttle throttle,
            Snapshot snapshot,
            SnapshotLine state) {
        this.source = source;
        this.lanes = lanes;
        this.gate = gate;
        this.throttle = throttle;
        this.snapshot = snapshot;
        this.state = state;
        plan = new TablePlan(List.of());
    }

    /** Finds out which tables are left. */
    void plan(Configuration configuration) throws IOException {
        plan = TablePlan.of(snapshot, configuration, SourceTables.all(source.connection()), state);
        state = state.keeping(plan::has);
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

    /** How many tables are being copied. */
    int sideBySide() {
        return copying.size();
    }

    int tablesLeft() {
        return plan.steps().size() + copying.size();
    }

    /** How many rows are left, as the source estimates them. */
    long rowsLeft() {
        long left = plan.estimate();
        for (Lane lane : copying) {
            left += Math.max(0, lane.step.name().estimate() - rowsOf(lane.step));
        }
        return left;
    }

    /** Rows of a table that is being copied, as the source estimates them; 0 if it is not. */
    long estimate(String schema, String table) {
        return copying.stream()
                .map(lane -> lane.step.name())
                .filter(name -> name.schema().equals(schema) && name.table().equals(table))
                .mapToLong(TableName::estimate)
                .sum();
    }

    private long rowsOf(TablePlan.Step step) {
        TableName name = step.name();
        return state.isAt(step.part(), name.schema(), name.table())
                ? state.tableRows()
                : state.find(step.part(), name.schema(), name.table())
                        .map(SnapshotLine.Beside::tableRows)
                        .orElse(0L);
    }

    double rowsPerSecond() {
        return rate.perSecond();
    }

    /** Whether the binlog is not read on until a table is copied; others wait for that. */
    private boolean holds() {
        return copying.stream().anyMatch(lane -> lane.copy.holds());
    }

    /** What else of the source it keeps waiting; null for nothing. */
    @Nullable
    String remark() {
        return copying.stream()
                .filter(lane -> lane.copy.holds())
                .map(lane -> "all changes of the source wait until " + lane.step.name() + " is copied")
                .findFirst()
                .orElse(null);
    }

    /** Gives up what was begun of tables that are copied as a whole. */
    void close() {
        copying.forEach(lane -> lane.copy.close());
    }

    /** What holds it back, without reading. */
    @Nullable
    String held() throws IOException {
        return holds() ? null : throttle.reason(snapshot, source.connection());
    }

    /**
     * Copies the next chunk of each table that is begun.
     *
     * @param states takes the new state and gives the states of all snapshots with it
     * @return why none was used; null if one was
     */
    @Nullable
    String step(LogSink sink, States states) throws IOException, InterruptedException {
        begin();
        if (copying.isEmpty()) {
            finish(sink, states);
            return null;
        }
        boolean holds = holds();
        List<Lane> next =
                copying.stream().filter(lane -> !holds || lane.copy.holds()).toList();
        int most = holds ? Integer.MAX_VALUE : throttle.mostRows(snapshot, next.size());
        List<Outcome> outcomes = lanes.atOnce(next, lane -> chunk(lane, most, sink, states));
        for (Outcome outcome : outcomes) {
            if (outcome.failure != null) {
                failed(outcome.lane, outcome.failure, sink, states);
            }
        }
        return outcomes.stream().allMatch(outcome -> outcome.note != null)
                ? outcomes.stream().map(Outcome::note).distinct().collect(Collectors.joining("; "))
                : null;
    }

    private Outcome chunk(Lane lane, int most, LogSink sink, States states) throws IOException, InterruptedException {
        TableName name = lane.step.name();
        int part = lane.step.part();
        try {
            String note = lane.copy.next(
                    state.afterKey(part, name.schema(), name.table()), most, (chunk, window, progress) -> {
                        if (progress.end()) {
                            gate.moved().forget(copyOf(lane.step)::equals);
                        }
                        SnapshotLine before = progress.anew() ? state.anew(part, name.schema(), name.table()) : state;
                        SnapshotLine next = before.read(
                                part, name.schema(), name.table(), progress.rows(), progress.after(), progress.end());
                        sink.copied(
                                snapshot.name(),
                                snapshot.pipelines(),
                                rows -> {
                                    if (progress.anew() && chunk.keyless()) {
                                        rows.empty(chunk.shape());
                                    }
                                    chunk.writeTo(rows, window);
                                },
                                states.with(next));
                        state = next;
                        rate.read(progress.rows());
                        throttle.read(snapshot, progress.rows());
                        if (progress.end()) {
                            LOG.info("snapshot {}: {} is copied", snapshot.name(), name);
                            copying.remove(lane);
                        }
                    });
            return new Outcome(lane, note, null);
        } catch (CannotCopy e) {
            return new Outcome(lane, null, String.valueOf(e.getMessage()));
        } catch (ServerError e) {
            if (!HOPELESS.contains(e.code())) {
                throw e;
            }
            return new Outcome(lane, null, String.valueOf(e.getMessage()));
        }
    }

    /** Ends it for good. */
    void ended(Phase phase) {
        state = state.ended(phase);
    }

    /** Begins tables as long as there is a connection for one. */
    private void begin() throws IOException {
        for (int number = 0; number < lanes.count() && !plan.steps().isEmpty(); number++) {
            if (isFree(number)) {
                TablePlan.Step step = plan.steps().get(0);
                CopySource own = lanes.source(number);
                own.view(); // what holds for all tables is found out before any is begun
                TableCopy copy = new TableCopy(
                        own, gate, copyOf(step), step.name(), snapshot.tables().get(step.part()), step.notWhole());
                plan = new TablePlan(plan.steps().subList(1, plan.steps().size()));
                state = state.begin(
                        step.part(), step.name().schema(), step.name().table());
                copying.add(new Lane(number, step, copy));
                LOG.info("snapshot {}: copying {}", snapshot.name(), step.name());
            }
        }
    }

    private MovedTables.Copy copyOf(TablePlan.Step step) {
        return new MovedTables.Copy(
                snapshot.name(),
                snapshot.created(),
                step.part(),
                step.name().schema(),
                step.name().table());
    }

    private boolean isFree(int number) {
        return copying.stream().noneMatch(lane -> lane.number == number);
    }

    private void failed(Lane lane, String why, LogSink sink, States states) throws IOException, InterruptedException {
        TableName name = lane.step.name();
        LOG.error("snapshot {}: {} cannot be copied: {}", snapshot.name(), name, why);
        lane.copy.close();
        state = state.failed(lane.step.part(), name.schema(), name.table(), why);
        copying.remove(lane);
        gate.enterInterruptibly();
        try {
            gate.moved().forget(copyOf(lane.step)::equals);
        } finally {
            gate.leave();
        }
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
