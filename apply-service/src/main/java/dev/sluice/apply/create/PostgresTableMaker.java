package dev.sluice.apply.create;

import dev.sluice.ddl.TableName;
import dev.sluice.ddl.translation.NewTable;
import dev.sluice.ddl.translation.NoTranslation;
import dev.sluice.ddl.translation.PostgresStatements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Makes tables at PostgreSQL, each with its keys and comments in one transaction, one after the other. */
final class PostgresTableMaker {
    private static final String SCHEMA =
            "SELECT nspname FROM pg_namespace WHERE lower(nspname) = lower(?) ORDER BY nspname <> ?, nspname DESC";
    private static final String TABLE = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE lower(n.nspname) = lower(?) AND lower(c.relname) = lower(?) AND c.relkind IN ('r', 'p')";

    private PostgresTableMaker() {}

    static void make(Connection connection, NewTable table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // two who create the same at once fail by a unique key of the catalogue
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('sluice'))");
            Optional<String> schema = first(connection, SCHEMA, table.schema(), table.schema());
            if (schema.isEmpty()) {
                statement.execute("CREATE SCHEMA \"" + table.schema().replace("\"", "\"\"") + "\"");
            }
            if (first(connection, TABLE, table.schema(), table.name()).isEmpty()) {
                NewTable spelled = table.as(new TableName(schema.orElse(table.schema()), table.name()));
                for (String sql : PostgresStatements.create(spelled)) {
                    statement.execute(sql);
                }
            }
        } catch (SQLException | NoTranslation e) {
            connection.rollback();
            throw e;
        }
        connection.commit();
    }

    private static Optional<String> first(Connection connection, String sql, String... names) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < names.length; i++) {
                query.setString(i + 1, names[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
