package dev.sluice.capture.snapshot;

import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.NamePattern;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.SetColumn;
import dev.sluice.change.config.Snapshot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says where a copy must not begin with emptying the targets' tables: where rows are in them that it does not bring. */
final class EmptiedTargets {
    private EmptiedTargets() {}

    /** Why a table must not be emptied at a target of a snapshot's pipelines; null if it may be at all of them. */
    static @Nullable String refusal(Configuration configuration, Snapshot snapshot, TableName table) {
        CaptureFilter filter = configuration
                .dataSource(snapshot.source())
                .map(DataSource::capture)
                .map(CaptureSettings::filter)
                .orElse(CaptureFilter.NONE);
        if (!filter.kinds().isEmpty()) {
            return "capture.filter.kinds leaves out changes, so that other rows are there than at the source";
        }
        return snapshot.pipelines().stream()
                .flatMap(name -> configuration.pipeline(name).stream())
                .map(pipeline -> refusal(configuration, pipeline, table))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String refusal(Configuration configuration, Pipeline pipeline, TableName table) {
        Mapping mapping = pipeline.mappings().stream()
                .filter(each -> each.matches(table.schema(), table.table()))
                .findFirst()
                .orElse(null);
        if (mapping == null || mapping.cache() != null) {
            return null;
        }
        String where = " of the mapping " + mapping.schema() + "." + mapping.table() + " of " + pipeline.name();
        if (mapping.rows() != null && !mapping.rows().kinds().isEmpty()) {
            return "rows.kinds" + where + " leaves out changes, so that other rows are there than at the source";
        }
        boolean marked = mapping.set().stream().anyMatch(SetColumn::key);
        return !marked && (mapping.manyToOne() || meetsOthers(configuration, pipeline, mapping, table))
                ? "rows of other tables are in it too, which no set" + where + " marks as part of the key"
                : null;
    }

    private static boolean meetsOthers(Configuration configuration, Pipeline own, Mapping mapping, TableName table) {
        String schema = Objects.requireNonNullElse(mapping.targetSchema(), table.schema());
        String name = Objects.requireNonNullElse(mapping.targetTable(), table.table());
        return configuration.channels().stream()
                .flatMap(channel -> channel.pipelines().stream())
                .filter(pipeline -> pipeline.target().equals(own.target()))
                .anyMatch(pipeline -> pipeline.mappings().stream()
                        .anyMatch(other -> NamePattern.matches(other.toSchema(), schema)
                                && NamePattern.matches(other.toTable(), name)
                                && !(pipeline.source().equals(own.source())
                                        && other.matches(table.schema(), table.table()))));
    }
}
