package dev.sluice.apply.statement;

import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.TableName;
import dev.sluice.ddl.translation.Names;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How a PostgreSQL target spells the names of tables and columns that are there; the same rule as for rows. */
final class TargetNames implements Names {
    private static final String COLUMNS = """
            SELECT table_schema, table_name, column_name FROM information_schema.columns
            WHERE lower(table_schema) = lower(?) AND lower(table_name) = lower(?)
            ORDER BY table_schema <> ?, table_name <> ?, table_schema DESC, table_name DESC""";

    private static final String SCHEMA = """
            SELECT nspname FROM pg_namespace WHERE lower(nspname) = lower(?)
            ORDER BY nspname <> ?, nspname DESC LIMIT 1""";

    private final Map<String, String> schemas = new HashMap<>();
    private final Map<TableName, TableName> tables = new HashMap<>();
    private final Map<TableName, Map<String, String>> columns = new HashMap<>();

    static TargetNames of(Connection connection, Ddl.Tables statement) throws SQLException {
        TargetNames names = new TargetNames();
        for (TableName table : statement.named()) {
            names.readSchema(connection, table.schema());
            names.read(connection, table);
        }
        return names;
    }

    private void readSchema(Connection connection, String schema) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SCHEMA)) {
            query.setString(1, schema);
            query.setString(2, schema);
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    schemas.put(schema, row.getString(1));
                }
            }
        }
    }

    private void read(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, table.schema());
            query.setString(2, table.table());
            query.setString(3, table.schema());
            query.setString(4, table.table());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    TableName there = new TableName(row.getString(1), row.getString(2));
                    if (there.equals(tables.computeIfAbsent(table, first -> there))) {
                        columns.computeIfAbsent(there, first -> new HashMap<>())
                                .put(lower(row.getString(3)), row.getString(3));
                    }
                }
            }
        }
    }

    @Override
    public TableName table(TableName name) {
        return tables.getOrDefault(name, new TableName(schema(name.schema()), name.table()));
    }

    @Override
    public String schema(String name) {
        return schemas.getOrDefault(name, name);
    }

    @Override
    public String column(TableName table, String name) {
        return columns.getOrDefault(table, Map.of()).getOrDefault(lower(name), name);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
