package dev.sluice.apply.sql;

import dev.sluice.change.message.TableLine;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a table of Oracle is like. A name that is not there as it is written is looked for in upper case. */
final class OracleTables {
    private OracleTables() {}

    /** The table; null if there is none of that name. */
    static @Nullable TargetTable read(Connection connection, TableLine.Target name) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        for (String schema : spellings(name.schema())) {
            for (String table : spellings(name.name())) {
                Map<String, TargetTable.Column> columns = columns(meta, schema, table);
                if (!columns.isEmpty()) {
                    List<String> primaryKey = primaryKey(meta, schema, table);
                    return new TargetTable(
                            schema,
                            table,
                            columns,
                            primaryKey,
                            Map.of(),
                            furtherUnique(meta, schema, table, primaryKey),
                            true);
                }
            }
        }
        return null;
    }

    private static List<String> spellings(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return name.equals(upper) ? List.of(name) : List.of(name, upper);
    }

    private static Map<String, TargetTable.Column> columns(DatabaseMetaData meta, String schema, String table)
            throws SQLException {
        Map<String, TargetTable.Column> columns = new HashMap<>();
        try (ResultSet result = meta.getColumns(null, literal(meta, schema), literal(meta, table), null)) {
            while (result.next()) {
                String name = result.getString("COLUMN_NAME");
                String type = result.getString("TYPE_NAME").toLowerCase(Locale.ROOT);
                int scale = result.getInt("DECIMAL_DIGITS");
                boolean limited = !result.wasNull()
                        && (type.equals("number") || type.equals("date") || type.startsWith("timestamp"));
                columns.put(
                        name.toLowerCase(Locale.ROOT),
                        new TargetTable.Column(
                                name,
                                type.replaceAll("\\s*\\([^)]*\\)", ""),
                                type.equals("date") ? 0 : limited && scale >= 0 ? scale : -1,
                                "YES".equals(result.getString("IS_GENERATEDCOLUMN"))));
            }
        }
        return columns;
    }

    /** A name as a pattern that means nothing but itself. */
    private static String literal(DatabaseMetaData meta, String name) throws SQLException {
        String escape = meta.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private static List<String> primaryKey(DatabaseMetaData meta, String schema, String table) throws SQLException {
        Map<Short, String> columns = new TreeMap<>();
        try (ResultSet result = meta.getPrimaryKeys(null, schema, table)) {
            while (result.next()) {
                columns.put(
                        result.getShort("KEY_SEQ"),
                        result.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return new ArrayList<>(columns.values());
    }

    private static boolean furtherUnique(DatabaseMetaData meta, String schema, String table, List<String> primaryKey)
            throws SQLException {
        Map<String, Set<String>> indexes = new HashMap<>();
        try (ResultSet result = meta.getIndexInfo(null, schema, table, true, true)) {
            while (result.next()) {
                String index = result.getString("INDEX_NAME");
                String column = result.getString("COLUMN_NAME");
                if (index != null) {
                    indexes.computeIfAbsent(index, any -> new HashSet<>())
                            .add(column == null ? "" : column.toLowerCase(Locale.ROOT));
                }
            }
        }
        // an index of the same columns in whatever order refuses nothing that the primary key allows
        return indexes.values().stream().anyMatch(columns -> !columns.equals(Set.copyOf(primaryKey)));
    }
}
