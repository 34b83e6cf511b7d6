package dev.sluice.admin.snapshot;

import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.Snapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as a caller asks for it.
 *
 * @param name left out: one from the time
 * @param source left out: that of the first pipeline
 * @param tables left out: all that the pipelines map
 * @param limits left out: the usual ones
 */
record SnapshotInput(
        @Nullable String name,
        @Nullable String source,
        @Nullable List<String> pipelines,
        @Nullable List<TablesInput> tables,
        @Nullable LimitsInput limits) {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'snapshot-'yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    /** Tables by name or pattern; rows by a condition or by their keys. */
    record TablesInput(
            @Nullable String schema,
            @Nullable String table,
            @Nullable String where,
            @Nullable List<List<String>> keys) {
        @SuppressWarnings("NullAway") // the validator looks for what is missing
        private Snapshot.Tables tables() {
            return new Snapshot.Tables(schema, table, where == null || where.isEmpty() ? null : where, keys);
        }
    }

    /** What it may cost; what is left out is as usual. */
    record LimitsInput(
            @Nullable Long rowsPerSecond,
            @Nullable Integer threadsRunning,
            @Nullable Long queuedMessages) {
        private Snapshot.Limits limits() {
            return new Snapshot.Limits(
                    Objects.requireNonNullElse(rowsPerSecond, 0L),
                    Objects.requireNonNullElse(threadsRunning, 0),
                    Objects.requireNonNullElse(queuedMessages, 0L));
        }
    }

    Snapshot snapshot(Configuration current, Instant now) {
        List<String> those = Objects.requireNonNullElse(pipelines, List.of());
        String from = source != null
                ? source
                : those.stream()
                        .flatMap(pipeline -> current.pipeline(String.valueOf(pipeline)).stream())
                        .map(Pipeline::source)
                        .findFirst()
                        .orElse("");
        List<Snapshot.Tables> wanted = tables == null || tables.isEmpty()
                ? List.of(new Snapshot.Tables("*", "*", null, null))
                : tables.stream().map(TablesInput::tables).toList();
        return new Snapshot(
                name == null ? NAME.format(now) : name,
                now,
                from,
                those,
                wanted,
                Snapshot.DesiredState.RUNNING,
                1,
                limits == null ? null : limits.limits());
    }
}
