package dev.sluice.admin.connection;

import static java.util.Locale.ROOT;

import dev.sluice.change.message.Column;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What tables a server shows to a user; on PostgreSQL and Oracle names that differ in case alone are one, as at apply. */
public final class TableLookup {
    private static final String EXACT = "SELECT column_name, column_type FROM information_schema.columns"
            + " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position";
    private static final String FOLDED = "SELECT column_name, data_type FROM information_schema.columns"
            + " WHERE lower(table_schema) = lower(?) AND lower(table_name) = lower(?) ORDER BY ordinal_position";
    private static final String ORACLE = "SELECT column_name, LOWER(data_type) FROM all_tab_columns"
            + " WHERE upper(owner) = upper(?) AND upper(table_name) = upper(?) ORDER BY column_id";

    private TableLookup() {}

    /** A column of a table's primary key. */
    public record KeyColumn(String schema, String table, String column) {}

    /** The columns of a table; empty if there is no such table or the user may not see it. */
    public static List<Column> columns(Connection connection, String schema, String table) throws SQLException {
        String query =
                switch (connection.getMetaData().getDatabaseProductName()) {
                    case "PostgreSQL" -> FOLDED;
                    case "Oracle" -> ORACLE;
                    default -> EXACT;
                };
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                List<Column> columns = new ArrayList<>();
                while (rows.next()) {
                    columns.add(new Column(rows.getString(1), rows.getString(2)));
                }
                return columns;
            }
        }
    }

    /** The columns of a table's primary key; empty if it has none or the user may not see it. */
    public static List<String> primaryKey(Connection connection, String schema, String table) throws SQLException {
        DatabaseMetaData names = connection.getMetaData();
        try (ResultSet rows =
                switch (names.getDatabaseProductName()) {
                    case "PostgreSQL" -> names.getPrimaryKeys(null, schema.toLowerCase(ROOT), table.toLowerCase(ROOT));
                    case "Oracle" -> names.getPrimaryKeys(null, schema.toUpperCase(ROOT), table.toUpperCase(ROOT));
                    default -> names.getPrimaryKeys(schema, null, table);
                }) {
            List<String> columns = new ArrayList<>();
            while (rows.next()) {
                columns.add(rows.getString("COLUMN_NAME"));
            }
            return columns;
        }
    }

    /** The columns of all primary keys, that the user may see. */
    public static List<KeyColumn> keyColumns(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT table_schema, table_name, column_name"
                        + " FROM information_schema.key_column_usage WHERE constraint_name = 'PRIMARY'");
                ResultSet rows = statement.executeQuery()) {
            List<KeyColumn> columns = new ArrayList<>();
            while (rows.next()) {
                columns.add(new KeyColumn(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
            return columns;
        }
    }
}
