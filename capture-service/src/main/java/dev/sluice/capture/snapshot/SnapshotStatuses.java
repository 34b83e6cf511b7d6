package dev.sluice.capture.snapshot;

import dev.sluice.change.config.Snapshot;
import dev.sluice.change.message.SnapshotLine;
import dev.sluice.change.status.SnapshotStatus;
import dev.sluice.change.status.SnapshotStatus.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how a snapshot fares, for people. */
final class SnapshotStatuses {
    private SnapshotStatuses() {}

    static SnapshotStatus of(Snapshot snapshot, SnapshotLine state, @Nullable SnapshotRun run, @Nullable String note) {
        double rate = run == null ? 0 : run.rowsPerSecond();
        long left = run == null ? 0 : run.rowsLeft();
        List<SnapshotStatus.Table> tables = new ArrayList<>();
        state.failed()
                .forEach(failed -> tables.add(new SnapshotStatus.Table(
                        failed.schema(), failed.table(), Phase.FAILED, 0, 0, 0, null, failed.error())));
        state.beside()
                .forEach(each ->
                        tables.add(table(each.schema(), each.table(), phase(snapshot, state), each.tableRows(), run)));
        if (state.schema() != null && state.table() != null && !isFailed(state)) {
            Phase own = state.tableDone() ? Phase.DONE : phase(snapshot, state);
            tables.add(table(state.schema(), state.table(), own, state.tableRows(), run));
        }
        Phase phase = phase(snapshot, state);
        return new SnapshotStatus(
                snapshot.name(),
                snapshot.created(),
                phase,
                snapshot.generation(),
                state.chunks(),
                state.rows(),
                state.rows() + left,
                phase == Phase.RUNNING ? rate : 0,
                phase == Phase.RUNNING ? secondsLeft(left, rate) : null,
                state.tables(),
                run == null || state.phase() != SnapshotLine.Phase.RUNNING ? 0 : run.tablesLeft(),
                tables,
                note);
    }

    private static boolean isFailed(SnapshotLine state) {
        return state.failed().stream()
                .anyMatch(failed ->
                        failed.schema().equals(state.schema()) && failed.table().equals(state.table()));
    }

    private static SnapshotStatus.Table table(
            String schema, String table, Phase phase, long rows, @Nullable SnapshotRun run) {
        long estimate = run == null ? 0 : run.estimate(schema, table);
        // tables that are copied side by side share the rate
        double rate = run == null ? 0 : run.rowsPerSecond() / Math.max(1, run.sideBySide());
        return new SnapshotStatus.Table(
                schema,
                table,
                phase,
                rows,
                Math.max(estimate, rows),
                rate,
                secondsLeft(phase == Phase.DONE ? 0 : Math.max(0, estimate - rows), rate),
                null);
    }

    private static @Nullable Long secondsLeft(long rows, double rate) {
        return rate <= 0 ? null : (long) Math.ceil(rows / rate);
    }

    private static Phase phase(Snapshot snapshot, SnapshotLine state) {
        return switch (state.phase()) {
            case DONE -> state.failed().isEmpty() ? Phase.DONE : Phase.FAILED;
            case CANCELLED -> Phase.CANCELLED;
            case RUNNING ->
                switch (snapshot.state()) {
                    case PAUSED -> Phase.PAUSED;
                    case CANCELLED -> Phase.CANCELLED;
                    case RUNNING -> state.chunks() == 0 ? Phase.WAITING : Phase.RUNNING;
                };
        };
    }
}
