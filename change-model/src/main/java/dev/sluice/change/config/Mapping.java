package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
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
 * @param set columns of the target that rows get beside their own
 * @param createTable whether a table that the target does not have is made there as the source has it; null for no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mapping(
        String schema,
        String table,
        @Nullable String targetSchema,
        @Nullable String targetTable,
        ColumnRules columns,
        @Nullable CacheRule cache,
        @Nullable RowFilter rows,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SetColumn> set,
        @Nullable Boolean createTable) {
    /** A document may leave out the columns that are set; it says nothing of tables that are not made. */
    public Mapping {
        set = set == null ? List.of() : set;
        createTable = Boolean.TRUE.equals(createTable) ? true : null;
    }

    public Mapping(
            String schema,
            String table,
            @Nullable String targetSchema,
            @Nullable String targetTable,
            ColumnRules columns,
            @Nullable CacheRule cache) {
        this(schema, table, targetSchema, targetTable, columns, cache, null, List.of(), null);
    }

    public Mapping withRows(@Nullable RowFilter filter) {
        return new Mapping(schema, table, targetSchema, targetTable, columns, cache, filter, set, createTable);
    }

    public Mapping withSet(List<SetColumn> columnsThere) {
        return new Mapping(schema, table, targetSchema, targetTable, columns, cache, rows, columnsThere, createTable);
    }

    /** The same, with tables made that the target does not have. */
    public Mapping creatingTables() {
        return new Mapping(schema, table, targetSchema, targetTable, columns, cache, rows, set, true);
    }

    /** Whether a table that the target does not have is made there. */
    public boolean makesTables() {
        return createTable != null;
    }

    /** Schema at the target; the source's may be a pattern. */
    public String toSchema() {
        return targetSchema == null ? schema : targetSchema;
    }

    /** Table at the target; the source's may be a pattern. */
    public String toTable() {
        return targetTable == null ? table : targetTable;
    }

    /** Whether several source tables may go into one target table. */
    public boolean manyToOne() {
        return mergesTables() || mergesSchemas();
    }

    boolean mergesTables() {
        return targetTable != null && !NamePattern.isLiteral(table);
    }

    boolean mergesSchemas() {
        return targetSchema != null && !NamePattern.isLiteral(schema);
    }

    /** Whether a source table is meant. */
    public boolean matches(String sourceSchema, String sourceTable) {
        return NamePattern.matches(schema, sourceSchema) && NamePattern.matches(table, sourceTable);
    }
}
