package dev.sluice.apply.create;

import dev.sluice.ddl.Identifiers;
import dev.sluice.ddl.translation.MySqlDefinitions;
import dev.sluice.ddl.translation.NewTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Makes tables at MySQL and MariaDB: whoever is second at it, or comes back to it, finds it done. */
final class MySqlTableMaker {
    private static final int NO_SUCH_TABLE = 1109;
    private static final int NO_SUCH_COLUMN = 1054;

    private MySqlTableMaker() {}

    static boolean isMariaDb(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    }

    static void make(Connection connection, NewTable table) throws SQLException {
        String create = new MySqlDefinitions(isMariaDb(connection), collations(connection)).create(table);
        try (Statement statement = connection.createStatement()) {
            if (!hasSchema(connection, table.schema())) {
                statement.execute("CREATE DATABASE IF NOT EXISTS " + Identifiers.quoted(table.schema()));
            }
            statement.execute(create);
        }
        connection.commit();
    }

    private static boolean hasSchema(Connection connection, String schema) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT 1 FROM information_schema.schemata WHERE schema_name=?")) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** From 10.10 on, MariaDB has names that hold for several character sets, and tells the whole ones elsewhere. */
    private static Set<String> collations(Connection connection) throws SQLException {
        Set<String> names = names(connection, "SELECT collation_name FROM information_schema.collations");
        try {
            names.addAll(names(
                    connection,
                    "SELECT full_collation_name FROM information_schema.collation_character_set_applicability"));
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_COLUMN && e.getErrorCode() != NO_SUCH_TABLE) {
                throw e;
            }
        }
        return names;
    }

    private static Set<String> names(Connection connection, String query) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                names.add(row.getString(1).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
