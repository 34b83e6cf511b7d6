package dev.sluice.change.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.change.config.CacheRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes a table to the row lines that follow it in the same message.
 *
 * @param table number by which row lines name it; unique within a message only
 * @param key ordinals of the primary key's columns, in key order; empty if the table has none
 * @param unique ordinals of each further unique key's columns
 * @param target in a partition queue: where the rows go
 * @param cache in a partition queue of a cache: how a row becomes a cache entry
 * @param create in a partition queue: true if the target makes the table where it is missing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TableLine(
        int table,
        String schema,
        String name,
        List<Column> columns,
        List<Integer> key,
        List<List<Integer>> unique,
        @Nullable Target target,
        @Nullable CacheRule cache,
        @Nullable Boolean create) {
    /** One that is there. */
    public TableLine(
            int table,
            String schema,
            String name,
            List<Column> columns,
            List<Integer> key,
            List<List<Integer>> unique,
            @Nullable Target target,
            @Nullable CacheRule cache) {
        this(table, schema, name, columns, key, unique, target, cache, null);
    }

    /** A table at the target. */
    public record Target(String schema, String name) {}
}
