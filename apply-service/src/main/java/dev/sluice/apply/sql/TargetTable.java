package dev.sluice.apply.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the target itself says of a table.
 *
 * @param schema as the server spells it
 * @param name as the server spells it
 * @param columns by name in lower case
 * @param primaryKey columns in key order, in lower case; empty if it has none
 * @param uniqueIndexes names of indexes that statements can name, by the columns that are unique in them, in lower case
 * @param furtherUnique whether it has unique keys besides the primary key
 * @param tellsNewRows whether an upsert can tell which rows came new
 */
record TargetTable(
        String schema,
        String name,
        Map<String, Column> columns,
        List<String> primaryKey,
        Map<Set<String>, String> uniqueIndexes,
        boolean furtherUnique,
        boolean tellsNewRows) {
    /**
     * A column.
     *
     * @param name as the server spells it
     * @param type the server's word for it, in lower case
     * @param scale digits that it keeps behind the point of a number or of seconds; -1 if that does not limit it
     * @param generated whether the server computes it and nobody may write it
     * @param stamped whether the server writes it when an update writes other columns
     * @param unique whether a unique key but the primary one may depend on it
     * @param characterSet of text, if statements have to say it
     */
    record Column(
            String name,
            String type,
            int scale,
            boolean generated,
            boolean stamped,
            boolean unique,
            String characterSet) {
        Column(String name, String type, int scale, boolean generated) {
            this(name, type, scale, generated, false, true, "");
        }

        Column withUnique() {
            return new Column(name, type, scale, generated, stamped, true, characterSet);
        }
    }

    /** The column of a name, however it is written. */
    @Nullable
    Column column(String called) {
        return columns.get(called.toLowerCase(Locale.ROOT));
    }
}
