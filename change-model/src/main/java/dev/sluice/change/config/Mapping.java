package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Which source tables go where.
 *
 * @param schema name or pattern ({@code *} and {@code ?})
 * @param table name or pattern ({@code *} and {@code ?})
 * @param targetSchema null for the same name
 * @param targetTable null for the same name; with a pattern in {@code table}, many tables go into one
 * @param cache how rows become cache entries; needed if the target is Redis
 * @param rows which rows are taken; null for all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mapping(
        String schema,
        String table,
        @Nullable String targetSchema,
        @Nullable String targetTable,
        ColumnRules columns,
        @Nullable CacheRule cache,
        @Nullable RowFilter rows) {
    public Mapping(
            String schema,
            String table,
            @Nullable String targetSchema,
            @Nullable String targetTable,
            ColumnRules columns,
            @Nullable CacheRule cache) {
        this(schema, table, targetSchema, targetTable, columns, cache, null);
    }

    public Mapping withRows(@Nullable RowFilter filter) {
        return new Mapping(schema, table, targetSchema, targetTable, columns, cache, filter);
    }

    /** Whether a source table is meant. */
    public boolean matches(String sourceSchema, String sourceTable) {
        return NamePattern.matches(schema, sourceSchema) && NamePattern.matches(table, sourceTable);
    }
}
