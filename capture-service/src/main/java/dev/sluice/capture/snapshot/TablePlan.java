package dev.sluice.capture.snapshot;

import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.message.SnapshotLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a snapshot copies, in the order in which it begins them: by its parts, and by name within one. A table that
 * appears later, in front of where the snapshot is, needs no copy: all of its rows are in the log.
 */
record TablePlan(List<Step> steps) {
    /**
     * A table to copy.
     *
     * @param notWhole why its table at the targets must not be emptied; null if it may
     */
    record Step(int part, TableName name, @Nullable String notWhole) {
        private static final Comparator<Step> ORDER =
                Comparator.comparingInt(Step::part).thenComparing(Step::name, TableName.ORDER);
    }

    /** What is left of a snapshot. */
    static TablePlan of(Snapshot snapshot, Configuration configuration, List<TableName> tables, SnapshotLine state) {
        List<Step> steps = new ArrayList<>();
        for (int part = 0; part < snapshot.tables().size(); part++) {
            Snapshot.Tables wanted = snapshot.tables().get(part);
            for (TableName table : tables) {
                if (wanted.matches(table.schema(), table.table())
                        && isMapped(snapshot.source(), snapshot.pipelines(), configuration, table)) {
                    steps.add(new Step(part, table, EmptiedTargets.refusal(configuration, snapshot, table)));
                }
            }
        }
        steps.removeIf(step -> isBehind(step, state));
        return new TablePlan(steps);
    }

    /** Whether a table is still to be copied. */
    boolean has(SnapshotLine.Beside table) {
        return steps.stream()
                .anyMatch(step -> step.part() == table.part()
                        && step.name().schema().equals(table.schema())
                        && step.name().table().equals(table.table()));
    }

    long estimate() {
        return steps.stream().mapToLong(step -> step.name().estimate()).sum();
    }

    /** Whether a table enters the source log and some of the pipelines map it. */
    static boolean isMapped(String source, List<String> pipelines, Configuration configuration, TableName table) {
        boolean captured = configuration
                .dataSource(source)
                .map(DataSource::capture)
                .map(CaptureSettings::filter)
                .orElse(CaptureFilter.NONE)
                .takes(table.schema(), table.table());
        return captured
                && pipelines.stream()
                        .flatMap(name -> configuration.pipeline(name).stream())
                        .flatMap(pipeline -> pipeline.mappings().stream())
                        .anyMatch(mapping -> mapping.matches(table.schema(), table.table()));
    }

    private static boolean isBehind(Step step, SnapshotLine state) {
        if (state.schema() == null) {
            return false;
        }
        Step at = new Step(
                state.part(), new TableName(state.schema(), Objects.requireNonNullElse(state.table(), ""), 0), null);
        int order = Step.ORDER.compare(step, at);
        boolean beside = state.find(
                        step.part(), step.name().schema(), step.name().table())
                .isPresent();
        return order < 0 && !beside || order == 0 && state.tableDone();
    }
}
