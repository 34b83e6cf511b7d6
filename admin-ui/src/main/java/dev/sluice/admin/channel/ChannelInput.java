package dev.sluice.admin.channel;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.config.CacheRule;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.RowFilter;
import dev.sluice.change.config.SetColumn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A channel as a caller gives it; what may be left out is nullable. */
record ChannelInput(String name, @Nullable List<@Nullable PipelineInput> pipelines) {
    /**
     * A pipeline.
     *
     * @param state left out: as it is, or STOPPED if it is new
     * @param partitions left out: as it is, or 8 if it is new
     * @param apply left out: the default rules; what the operator said about single statements stays as it is
     * @param mode left out: as it is, or ROW if it is new
     */
    record PipelineInput(
            String name,
            String source,
            String target,
            Pipeline.@Nullable DesiredState state,
            @Nullable Integer partitions,
            @Nullable List<@Nullable MappingInput> mappings,
            @Nullable ApplyRules apply,
            Pipeline.@Nullable Mode mode) {
        private Pipeline pipeline(@Nullable Pipeline before) {
            Pipeline.DesiredState wanted =
                    state != null ? state : before != null ? before.state() : Pipeline.DesiredState.STOPPED;
            long generation = before == null ? 1 : before.generation() + (before.state() == wanted ? 0 : 1);
            Pipeline.Mode kept = mode != null ? mode : before != null ? before.mode() : Pipeline.Mode.ROW;
            int usual = kept == Pipeline.Mode.TRANSACTION ? 1 : Pipeline.DEFAULT_PARTITIONS;
            int count = partitions != null ? partitions : before != null ? before.partitions() : usual;
            return new Pipeline(
                    name, source, target, wanted, generation, count, all(mappings), answered(before), kept, null, null);
        }

        private @Nullable ApplyRules answered(@Nullable Pipeline before) {
            return apply == null || before == null
                    ? apply
                    : apply.withDdl(
                            apply.ddl().withAnswers(before.applyRules().ddl().answers()));
        }

        @SuppressWarnings("NullAway") // the validator looks for null entries
        private static List<Mapping> all(@Nullable List<@Nullable MappingInput> mappings) {
            return mappings == null
                    ? List.of()
                    : mappings.stream()
                            .map(mapping -> mapping == null ? null : mapping.mapping())
                            .toList();
        }
    }

    /** A mapping. */
    record MappingInput(
            String schema,
            String table,
            @Nullable String targetSchema,
            @Nullable String targetTable,
            @Nullable ColumnsInput columns,
            @Nullable CacheInput cache,
            @Nullable RowFilter rows,
            @Nullable List<@Nullable SetColumnInput> set,
            @Nullable Boolean createTable) {
        private Mapping mapping() {
            return new Mapping(
                    schema,
                    table,
                    emptyToNull(targetSchema),
                    emptyToNull(targetTable),
                    columns == null ? ColumnRules.ALL : columns.rules(),
                    cache == null ? null : cache.rule(),
                    rows,
                    setColumns(),
                    createTable);
        }

        @SuppressWarnings("NullAway") // the validator looks for null entries
        private List<SetColumn> setColumns() {
            return set == null
                    ? List.of()
                    : set.stream()
                            .map(column -> column == null ? null : column.setColumn())
                            .toList();
        }

        private static @Nullable String emptyToNull(@Nullable String text) {
            return text == null || text.isEmpty() ? null : text;
        }
    }

    /** A column of the target that rows get beside their own; not part of its key if nothing is said. */
    record SetColumnInput(
            String column,
            @Nullable String value,
            @Nullable String expression,
            @Nullable Boolean key) {
        private SetColumn setColumn() {
            return new SetColumn(column, value, expression, Boolean.TRUE.equals(key));
        }
    }

    /** Rules for columns; a list left out is empty. */
    record ColumnsInput(
            @Nullable List<String> include,
            @Nullable List<String> exclude,
            @Nullable Map<String, String> rename) {
        private ColumnRules rules() {
            return new ColumnRules(
                    Objects.requireNonNullElse(include, List.of()),
                    Objects.requireNonNullElse(exclude, List.of()),
                    Objects.requireNonNullElse(rename, Map.of()));
        }
    }

    /** How rows become cache entries; JSON if no format is given. */
    record CacheInput(
            String key,
            CacheRule.@Nullable Format format,
            @Nullable Duration ttl) {
        private CacheRule rule() {
            return new CacheRule(key, Objects.requireNonNullElse(format, CacheRule.Format.JSON), ttl);
        }
    }

    /** As the configuration holds it, going on from what is there. */
    @SuppressWarnings("NullAway") // the validator looks for null entries
    Channel channel(Configuration current) {
        List<Pipeline> all = pipelines == null
                ? List.of()
                : pipelines.stream()
                        .map(pipeline -> pipeline == null
                                ? null
                                : pipeline.pipeline(
                                        current.pipeline(pipeline.name()).orElse(null)))
                        .toList();
        return new Channel(name, all);
    }
}
