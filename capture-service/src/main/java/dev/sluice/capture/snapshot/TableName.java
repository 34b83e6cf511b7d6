package dev.sluice.capture.snapshot;

import java.util.Comparator;

/**
 * A table of the source.
 *
 * @param estimate of its rows, as the source's statistics say
 */
record TableName(String schema, String table, long estimate) {
    /** By code points, so that a collation of the source does not matter to who resumes. */
    static final Comparator<TableName> ORDER =
            Comparator.comparing(TableName::schema).thenComparing(TableName::table);

    String quoted() {
        return quoted(schema) + "." + quoted(table);
    }

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
