package dev.sluice.binlog.row;

import java.util.Arrays;
import java.util.List;

/**
 * A table as its table map describes it; immutable, and the same object as long as the bytes of the table map are equal,
 * so that callers may compare and cache by identity.
 */
public final class TableShape {
    private final String schema;
    private final String table;
    private final List<ColumnShape> columns;
    private final int[] primaryKey;
    private final int[] keyPrefixes;

    public TableShape(String schema, String table, List<ColumnShape> columns, int[] primaryKey, int[] keyPrefixes) {
        this.schema = schema;
        this.table = table;
        this.columns = List.copyOf(columns);
        this.primaryKey = primaryKey.clone();
        this.keyPrefixes = keyPrefixes.clone();
    }

    public String schema() {
        return schema;
    }

    public String table() {
        return table;
    }

    /** The columns in the order of the row image, invisible and generated ones included. */
    public List<ColumnShape> columns() {
        return columns;
    }

    /** Ordinals of the primary key's columns in key order; empty if the table has none. */
    public int[] primaryKey() {
        return primaryKey.clone();
    }

    /** For each primary key column how many characters of it are in the key; 0 means all. */
    public int[] keyPrefixes() {
        return keyPrefixes.clone();
    }

    /** Whether the key holds only the beginning of at least one of its columns. */
    public boolean keyHasPrefix() {
        return Arrays.stream(keyPrefixes).anyMatch(length -> length > 0);
    }

    /**
     * The table as if it had only some of its columns, which must include its key.
     *
     * @param ordinals in ascending order
     */
    public TableShape keep(int[] ordinals) {
        int[] key = Arrays.stream(primaryKey)
                .map(ordinal -> Arrays.binarySearch(ordinals, ordinal))
                .toArray();
        return new TableShape(
                schema, table, Arrays.stream(ordinals).mapToObj(columns::get).toList(), key, keyPrefixes);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
