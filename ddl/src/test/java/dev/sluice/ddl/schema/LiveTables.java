package dev.sluice.ddl.schema;

import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What information_schema says of the tables in some schemas. */
final class LiveTables {
    private static final Set<String> GEOMETRIES = Set.of(
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection",
            "geomcollection");
    private static final Pattern LABEL = Pattern.compile("'((?:[^']|'')*)'");

    private final Connection connection;

    LiveTables(Connection connection) {
        this.connection = connection;
    }

    Charsets charsets() throws SQLException {
        List<Charsets.Collation> collations = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT l.collation_name, l.character_set_name, l.is_default,"
                        + " s.maxlen FROM information_schema.collations l JOIN information_schema.character_sets s"
                        + " ON s.character_set_name = l.character_set_name")) {
            while (rows.next()) {
                collations.add(new Charsets.Collation(
                        rows.getString(1), rows.getString(2), "Yes".equals(rows.getString(3)), rows.getInt(4)));
            }
        }
        return Charsets.of(collations);
    }

    String collation(String schema) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT default_collation_name FROM information_schema.schemata WHERE schema_name = ?")) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    Map<TableName, TableSchema> tables(String prefix) throws SQLException {
        Map<TableName, String> collations = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        rows(
                "SELECT table_schema, table_name, table_collation FROM information_schema.tables"
                        + " WHERE table_schema LIKE ? AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')",
                prefix,
                row -> collations.put(name(row), row.getString(3)));
        Map<TableName, List<Column>> columns =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        rows(
                "SELECT table_schema, table_name, column_name, data_type, column_type, is_nullable,"
                        + " character_set_name, collation_name FROM information_schema.columns"
                        + " WHERE table_schema LIKE ? ORDER BY table_schema, table_name, ordinal_position",
                prefix,
                row -> columns.computeIfAbsent(name(row), table -> new ArrayList<>())
                        .add(column(row)));
        Map<TableName, Map<String, KeyDefinition>> keys =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        rows(
                "SELECT table_schema, table_name, index_name, non_unique, column_name, sub_part"
                        + " FROM information_schema.statistics WHERE table_schema LIKE ?"
                        + " ORDER BY table_schema, table_name, index_name, seq_in_index",
                prefix,
                row -> addPart(keys.computeIfAbsent(name(row), table -> new TreeMap<>()), row));
        Map<TableName, TableSchema> tables =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        collations.forEach((table, collation) -> tables.put(
                table,
                new TableSchema(
                        table,
                        collation,
                        List.copyOf(columns.get(table)),
                        List.copyOf(keys.getOrDefault(table, Map.of()).values()))));
        return tables;
    }

    private static TableName name(ResultSet row) throws SQLException {
        return new TableName(row.getString(1), row.getString(2));
    }

    private static Column column(ResultSet row) throws SQLException {
        String type = row.getString(4);
        String full = row.getString(5);
        boolean labelled = type.equals("enum") || type.equals("set");
        // servers differ in what they say of labels without a character set
        boolean bytes = "binary".equals(row.getString(7));
        return new Column(
                row.getString(3),
                GEOMETRIES.contains(type) ? "geometry" : type,
                full.contains("unsigned"),
                row.getString(6).equals("YES"),
                bytes ? null : row.getString(7),
                bytes ? null : row.getString(8),
                labelled ? labels(full) : List.of());
    }

    private static List<String> labels(String type) {
        List<String> labels = new ArrayList<>();
        Matcher matcher = LABEL.matcher(type);
        while (matcher.find()) {
            labels.add(unescaped(matcher.group(1).replace("''", "'")));
        }
        return labels;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain.append(c != '\\' ? c : text.charAt(++i) == 'n' ? '\n' : text.charAt(i));
        }
        return plain.toString();
    }

    private static void addPart(Map<String, KeyDefinition> keys, ResultSet row) throws SQLException {
        String name = row.getString(3);
        boolean primary = name.equals(KeyDefinition.PRIMARY);
        boolean unique = row.getInt(4) == 0;
        List<KeyDefinition.Part> parts =
                new ArrayList<>(keys.containsKey(name) ? keys.get(name).parts() : List.of());
        parts.add(new KeyDefinition.Part(row.getString(5), row.getInt(6)));
        KeyDefinition.Kind kind =
                primary ? KeyDefinition.Kind.PRIMARY : unique ? KeyDefinition.Kind.UNIQUE : KeyDefinition.Kind.PLAIN;
        keys.put(name, new KeyDefinition(name, kind, List.copyOf(parts)));
    }

    private void rows(String sql, String prefix, RowReader reader) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, prefix.replace("_", "\\_") + "%");
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
