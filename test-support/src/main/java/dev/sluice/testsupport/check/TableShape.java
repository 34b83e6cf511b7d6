package dev.sluice.testsupport.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The columns of a table with what to select for each so that equal values give equal bytes on any server. */
record TableShape(List<String> columns, List<String> expressions, List<Integer> key) {
    static TableShape of(Connection connection, String table) throws SQLException {
        String[] parts = table.replace("`", "").split("\\.", 2);
        List<String> columns = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                        + " ORDER BY ORDINAL_POSITION")) {
            statement.setString(1, parts[0]);
            statement.setString(2, parts[1]);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                    expressions.add(expression(rows.getString(1), rows.getString(2)));
                }
            }
        }
        if (columns.isEmpty()) {
            throw new SQLException("no table " + table);
        }
        return new TableShape(columns, expressions, key(connection, parts, columns));
    }

    private static List<Integer> key(Connection connection, String[] parts, List<String> columns) throws SQLException {
        List<Integer> key = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                        + " AND CONSTRAINT_NAME = 'PRIMARY' ORDER BY ORDINAL_POSITION")) {
            statement.setString(1, parts[0]);
            statement.setString(2, parts[1]);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    key.add(columns.indexOf(rows.getString(1)));
                }
            }
        }
        // rows of a table without a primary key are paired by all their columns, each as often as it is there
        return key.isEmpty() ? IntStream.range(0, columns.size()).boxed().toList() : key;
    }

    private static String expression(String column, String type) {
        String name = quote(column);
        return switch (type.toLowerCase(Locale.ROOT)) {
            // the index tells the empty error value from a member that is the empty string
            case "enum" -> "CONCAT(" + name + " + 0, ':', CONVERT(" + name + " USING utf8mb4))";
            case "set", "bit" -> name + " + 0";
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
                "CONVERT(" + name + " USING utf8mb4)";
            // shortest digits that give the same number back, which plain FLOAT output is not
            case "float" -> name + " + 0E0";
            case "json" -> "CAST(" + name + " AS CHAR)";
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" -> "CONCAT(ST_SRID(" + name + "), ':', HEX(ST_AsWKB(" + name + ")))";
            default -> name;
        };
    }

    static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Rows come in the order of the keys' bytes, so that collations do not matter for pairing them. */
    String select(String table) {
        String[] parts = table.replace("`", "").split("\\.", 2);
        List<String> selected = new ArrayList<>();
        for (String expression : expressions) {
            selected.add("CAST(" + expression + " AS BINARY)");
        }
        List<String> order = new ArrayList<>();
        for (int index : key) {
            order.add(Integer.toString(index + 1));
        }
        return "SELECT " + String.join(", ", selected) + " FROM " + quote(parts[0]) + "." + quote(parts[1])
                + " ORDER BY " + String.join(", ", order);
    }
}
