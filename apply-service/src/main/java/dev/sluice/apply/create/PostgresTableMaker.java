package dev.sluice.apply.create;

import dev.sluice.ddl.translation.NewTable;
import dev.sluice.ddl.translation.PostgresStatements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Makes tables at PostgreSQL, each with its keys and comments in one transaction, one after the other. */
final class PostgresTableMaker {
    private static final String SCHEMA = "SELECT 1 FROM pg_namespace WHERE lower(nspname) = lower(?)";
    private static final String TABLE = "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE lower(n.nspname) = lower(?) AND lower(c.relname) = lower(?) AND c.relkind IN ('r', 'p')";

    private PostgresTableMaker() {}

    static void make(Connection connection, NewTable table) throws SQLException {
        List<String> statements = new ArrayList<>(PostgresStatements.create(table));
        try (Statement statement = connection.createStatement()) {
            // two who create the same at once fail by a unique key of the catalogue
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('sluice'))");
            if (!has(connection, SCHEMA, table.schema())) {
                statements.add(0, "CREATE SCHEMA \"" + table.schema().replace("\"", "\"\"") + "\"");
            }
            if (!has(connection, TABLE, table.schema(), table.name())) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
        connection.commit();
    }

    private static boolean has(Connection connection, String sql, String... names) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < names.length; i++) {
                query.setString(i + 1, names[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }
}
