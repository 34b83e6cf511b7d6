package dev.sluice.change.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a snapshot must be, given the data sources and pipelines. */
final class SnapshotRules {
    private static final int MOST_KEYS = 10_000;

    private final Configuration configuration;
    private final List<ConfigurationProblem> problems;
    private final Set<String> names = new HashSet<>();

    SnapshotRules(Configuration configuration, List<ConfigurationProblem> problems) {
        this.configuration = configuration;
        this.problems = problems;
    }

    void check() {
        List<Snapshot> snapshots = configuration.snapshots();
        for (int i = 0; i < snapshots.size(); i++) {
            check(snapshots.get(i), "snapshots[" + i + "]");
        }
    }

    private void check(@Nullable Snapshot snapshot, String at) {
        if (snapshot == null || snapshot.name() == null) {
            add(at + ".name", "is missing; give the snapshot a name");
            return;
        }
        if (!ConfigurationValidator.isName(snapshot.name())) {
            add(at + ".name", ConfigurationValidator.nameFix(snapshot.name()));
        } else if (!names.add(snapshot.name())) {
            add(at + ".name", "another snapshot is called '" + snapshot.name() + "'; choose another name");
        }
        if (snapshot.created() == null) {
            add(at + ".created", "is missing; give the time at which it was asked for");
        }
        if (snapshot.state() == null) {
            add(at + ".state", "is missing; choose RUNNING, PAUSED or CANCELLED");
        }
        if (snapshot.generation() < 0) {
            add(at + ".generation", "must not be negative");
        }
        checkSource(snapshot, at);
        checkPipelines(snapshot, at);
        checkLimits(snapshot.limits(), at + ".limits");
        if (snapshot.tables() == null || snapshot.tables().isEmpty()) {
            add(at + ".tables", "is empty; nothing would be copied; give at least one table or a pattern");
            return;
        }
        for (int t = 0; t < snapshot.tables().size(); t++) {
            checkTables(snapshot.tables().get(t), at + ".tables[" + t + "]");
        }
    }

    private void checkSource(Snapshot snapshot, String at) {
        Optional<DataSource> source = configuration.dataSources().stream()
                .filter(each -> each != null && Objects.equals(each.name(), snapshot.source()))
                .findFirst();
        if (source.isEmpty()) {
            add(at + ".source", "there is no data source '" + snapshot.source() + "'; choose one that is captured");
        } else if (source.get().capture() == null) {
            add(at + ".source", "'" + snapshot.source() + "' is not captured; choose a source of a pipeline");
        }
    }

    private void checkPipelines(Snapshot snapshot, String at) {
        if (snapshot.pipelines() == null || snapshot.pipelines().isEmpty()) {
            add(at + ".pipelines", "is empty; name the pipelines that get the rows");
            return;
        }
        for (int p = 0; p < snapshot.pipelines().size(); p++) {
            String name = snapshot.pipelines().get(p);
            String in = at + ".pipelines[" + p + "]";
            Optional<Pipeline> pipeline = configuration.channels().stream()
                    .filter(channel -> channel != null && channel.pipelines() != null)
                    .flatMap(channel -> channel.pipelines().stream())
                    .filter(each -> each != null && Objects.equals(each.name(), name))
                    .findFirst();
            if (pipeline.isEmpty()) {
                add(in, "there is no pipeline '" + name + "'; choose one, or remove it");
            } else if (!Objects.equals(pipeline.get().source(), snapshot.source())) {
                add(
                        in,
                        "pipeline '" + name + "' reads from '" + pipeline.get().source() + "' and not from '"
                                + snapshot.source() + "'; make a snapshot for each source");
            } else if (pipeline.get().applyRules().whileCopying().missingRow() != ApplyRules.MissingRow.UPSERT_WHOLE
                    && snapshot.state() != Snapshot.DesiredState.CANCELLED) {
                // the copy leaves out a row that changes meanwhile: its change must bring it
                add(
                        in,
                        "pipeline '" + name + "' does not insert a row that an update misses (apply.missingRow "
                                + pipeline.get().applyRules().missingRow()
                                + "), so rows would be lost; set UPSERT while a snapshot is there");
            }
        }
    }

    private void checkLimits(Snapshot.@Nullable Limits limits, String at) {
        if (limits == null) {
            return;
        }
        if (limits.rowsPerSecond() < 0) {
            add(at + ".rowsPerSecond", "must not be negative; use 0 for no limit");
        }
        if (limits.threadsRunning() < 0) {
            add(at + ".threadsRunning", "must not be negative; use 0 for " + Snapshot.Limits.THREADS_RUNNING);
        }
        if (limits.queuedMessages() < 0) {
            add(at + ".queuedMessages", "must not be negative; use 0 for " + Snapshot.Limits.QUEUED_MESSAGES);
        }
    }

    private void checkTables(Snapshot.@Nullable Tables tables, String at) {
        if (tables == null) {
            add(at, "is missing; remove the empty entry");
            return;
        }
        if (tables.schema() == null || tables.schema().isBlank()) {
            add(at + ".schema", "is missing; give a name or a pattern such as *");
        }
        if (tables.table() == null || tables.table().isBlank()) {
            add(at + ".table", "is missing; give a name or a pattern such as *");
        }
        if (tables.where() != null && tables.where().isBlank()) {
            add(at + ".where", "is empty; remove it for all rows");
        } else if (tables.where() != null) {
            try {
                CopyCondition.sql(tables.where());
            } catch (IllegalArgumentException e) {
                add(at + ".where", String.valueOf(e.getMessage()));
            }
        }
        if (tables.keys() != null) {
            checkKeys(tables, tables.keys(), at);
        }
    }

    private void checkKeys(Snapshot.Tables tables, List<List<String>> keys, String at) {
        if (tables.where() != null) {
            add(at + ".keys", "cannot go with where; give one of the two");
        }
        if (tables.schema() != null
                && tables.table() != null
                && !(NamePattern.isLiteral(tables.schema()) && NamePattern.isLiteral(tables.table()))) {
            add(at + ".keys", "are of one table; give plain names as schema and table");
        }
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            add(at + ".keys", "give 1 to " + MOST_KEYS + " keys, or a where condition");
        }
        for (int k = 0; k < keys.size(); k++) {
            List<String> key = keys.get(k);
            if (key == null || key.isEmpty() || key.stream().anyMatch(Objects::isNull)) {
                add(at + ".keys[" + k + "]", "is not a key; give a value for each column of the table's key");
            }
        }
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }
}
