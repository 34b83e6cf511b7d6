package dev.sluice.ddl;

/** A table with its schema. */
public record TableName(String schema, String table) {
    @Override
    public String toString() {
        return schema + "." + table;
    }
}
