package dev.sluice.apply.sql;

import dev.sluice.change.message.TableLine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a table of MySQL or MariaDB is like from {@code information_schema}. */
final class MySqlTables {
    /** Stands for a part of a key that is no column. */
    private static final String EXPRESSION = "";

    private static final String PRIMARY = "PRIMARY";

    private MySqlTables() {}

    /** The table; null if the target has none of that name. */
    static @Nullable TargetTable read(Connection connection, TableLine.Target name) throws SQLException {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        Set<String> hidden = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT * FROM information_schema.statistics"
                + " WHERE table_schema = ? AND table_name = ? AND non_unique = 0 ORDER BY index_name, seq_in_index")) {
            query.setString(1, name.schema());
            query.setString(2, name.name());
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    String index = result.getString("index_name");
                    String column = result.getString("column_name");
                    keys.computeIfAbsent(index, key -> new ArrayList<>())
                            .add(column == null ? EXPRESSION : lower(column));
                    if (hidden(result)) {
                        hidden.add(index);
                    }
                }
            }
        }
        Map<Set<String>, String> indexes = new HashMap<>();
        Set<String> unique = new HashSet<>();
        keys.forEach((index, columns) -> {
            if (!hidden.contains(index)) {
                indexes.put(Set.copyOf(columns), index);
            }
            if (!index.equals(PRIMARY)) {
                unique.addAll(columns);
            }
        });
        Map<String, TargetTable.Column> columns = columns(connection, name, unique);
        return columns.isEmpty()
                ? null
                : new TargetTable(
                        name.schema(),
                        name.name(),
                        columns,
                        keys.getOrDefault(PRIMARY, List.of()),
                        indexes,
                        !unique.isEmpty(),
                        true);
    }

    /** Whether statements cannot name an index: invisible, as MySQL 8 says, or ignored, as MariaDB says. */
    private static boolean hidden(ResultSet index) throws SQLException {
        ResultSetMetaData meta = index.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            switch (lower(meta.getColumnLabel(i))) {
                case "is_visible" -> {
                    return index.getString(i).equals("NO");
                }
                case "ignored" -> {
                    return index.getString(i).equals("YES");
                }
                default -> {}
            }
        }
        return false;
    }

    private static Map<String, TargetTable.Column> columns(
            Connection connection, TableLine.Target name, Set<String> unique) throws SQLException {
        Map<String, TargetTable.Column> columns = new HashMap<>();
        boolean computed = unique.contains(EXPRESSION);
        try (PreparedStatement query = connection.prepareStatement("SELECT column_name, extra, data_type,"
                + " COALESCE(numeric_scale, datetime_precision, -1), COALESCE(character_set_name, '')"
                + " FROM information_schema.columns WHERE table_schema = ? AND table_name = ?")) {
            query.setString(1, name.schema());
            query.setString(2, name.name());
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    String extra = result.getString(2).toUpperCase(Locale.ROOT);
                    boolean generated =
                            extra.contains("VIRTUAL") || extra.contains("STORED") || extra.contains("PERSISTENT");
                    String column = lower(result.getString(1));
                    computed |= generated && unique.contains(column);
                    columns.put(
                            column,
                            new TargetTable.Column(
                                    result.getString(1),
                                    lower(result.getString(3)),
                                    result.getInt(4),
                                    generated,
                                    extra.contains("ON UPDATE"),
                                    unique.contains(column),
                                    lower(result.getString(5))));
                }
            }
        }
        if (computed) {
            // of which columns is not told
            columns.replaceAll((lower, column) -> column.withUnique());
        }
        return columns;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
