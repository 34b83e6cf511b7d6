package dev.sluice.change.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns and keys of a table.
 *
 * @param collation for columns that name none
 */
public record TableDefinition(String collation, List<Column> columns, List<Key> keys) {
    /**
     * A column.
     *
     * @param type as information_schema has it in DATA_TYPE; all geometry types are "geometry"
     * @param collation null for types without text
     * @param labels of an enum or set; null for others
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Column(
            String name,
            String type,
            boolean unsigned,
            boolean nullable,
            @Nullable String charset,
            @Nullable String collation,
            @Nullable List<String> labels) {}

    /**
     * An index.
     *
     * @param kind PRIMARY, UNIQUE or PLAIN
     */
    public record Key(String name, String kind, List<Part> parts) {}

    /**
     * A part of an index.
     *
     * @param column null for an expression
     * @param prefix how many characters of the column it holds; 0 for all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Part(@Nullable String column, int prefix) {}
}
