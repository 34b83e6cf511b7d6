package dev.sluice.apply.statement;

import dev.sluice.change.message.DdlLine;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.translation.NoTranslation;
import dev.sluice.ddl.translation.PostgresStatements;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, where the statement, the note that it has run and the watermark behind it are one transaction: whatever is
 * killed, all of it is there or nothing.
 */
final class PostgresTarget implements TargetStatements {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresTarget.class);

    /** Table, column or index exists or not, or there is a primary key. */
    private static final Set<String> MAY_HAVE_IT =
            Set.of("42P07", "42701", "42703", "42P01", "42704", "42710", "42P16", "P0002");

    private static final String NO_SUCH_TABLE = "42P01";

    private static final Set<String> PASSING = Set.of("55P03", "40P01", "40001", "57014");

    private static final ResultingTables.Catalog CATALOG = new ResultingTables.Catalog(
            "SELECT column_name FROM information_schema.columns"
                    + " WHERE lower(table_schema)=lower(?) AND lower(table_name)=lower(?)",
            "SELECT CASE WHEN i.indisprimary THEN 'PRIMARY' ELSE COALESCE(obj_description(x.oid, 'pg_class'), x.relname)"
                    + " END FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid"
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE lower(n.nspname)=lower(?) AND lower(c.relname)=lower(?)");

    private final String table;

    PostgresTarget(String schema) {
        table = "\"" + schema.replace("\"", "\"\"") + "\".sluice_ddl";
    }

    @Override
    public @Nullable WriteOutcome run(Connection connection, String pipeline, DdlLine line, End end)
            throws SQLException, WriteFailed {
        if (hasRun(connection, pipeline, line)) {
            LOG.info("pipeline {}: {} has run before", pipeline, TargetStatements.name(line));
            return end.commit();
        }
        if (!lock(connection, pipeline)) {
            connection.rollback();
            return null;
        }
        // an earlier try may have ended in the meantime
        if (line.isGivenUp() || hasRun(connection, pipeline, line)) {
            return end.commit();
        }
        Ddl ddl = TargetStatements.read(line);
        if (!(ddl instanceof Ddl.Tables tables)) {
            throw TargetStatements.failed(line, "is not understood");
        }
        try {
            execute(connection, PostgresStatements.of(tables, TargetNames.of(connection, tables)));
        } catch (NoTranslation e) {
            connection.rollback();
            throw TargetStatements.failed(line, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            refused(connection, pipeline, line, ddl, e);
            return end.commit();
        }
        WriteOutcome outcome = end.commit();
        LOG.info("pipeline {}: {} has run", pipeline, TargetStatements.name(line));
        return outcome;
    }

    private static void refused(Connection connection, String pipeline, DdlLine line, Ddl ddl, SQLException e)
            throws SQLException, WriteFailed {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("08") || state.startsWith("57P") || PASSING.contains(state)) {
            throw e;
        }
        connection.rollback();
        if (!MAY_HAVE_IT.contains(state) || !new ResultingTables(connection, CATALOG).have(ddl)) {
            throw TargetStatements.failed(line, TargetStatements.refusal(pipeline, line, e));
        }
        LOG.info(
                "pipeline {}: the target already has what {} does: {}",
                pipeline,
                TargetStatements.name(line),
                e.getMessage());
    }

    @Override
    public void finish(Connection connection, String pipeline, DdlLine line) throws SQLException {
        String sql = "INSERT INTO " + table
                + " (pipeline, entry, time, statement) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            StatementRecords.name(statement, pipeline, line);
            statement.setString(4, line.sql());
            statement.executeUpdate();
        }
    }

    /** A server that rewrites a table is silent for as long as that takes. */
    private static void execute(Connection connection, List<String> statements) throws SQLException {
        int patience = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, 0);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, patience);
            }
        }
    }

    private boolean hasRun(Connection connection, String pipeline, DdlLine line) throws SQLException {
        try {
            return selected(connection, pipeline, line);
        } catch (SQLException e) {
            connection.rollback();
            if (!NO_SUCH_TABLE.equals(e.getSQLState())) {
                throw e;
            }
            create(connection);
            return false;
        }
    }

    private boolean selected(Connection connection, String pipeline, DdlLine line) throws SQLException {
        String sql = "SELECT 1 FROM " + table + " WHERE pipeline=? AND entry=? AND time=?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            StatementRecords.name(statement, pipeline, line);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Held to the end of the transaction, so a try whose client is gone keeps others out until the server ends it. */
    private static boolean lock(Connection connection, String pipeline) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtext('sluice ddl ' || ?))")) {
            lock.setString(1, pipeline);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** In a transaction of its own, for two who create the same at once fail, and the lock against it is everybody's. */
    private void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('sluice'))");
            statement.execute("CREATE TABLE IF NOT EXISTS " + table + " (pipeline varchar(64) NOT NULL,"
                    + " entry bigint NOT NULL, time bigint NOT NULL, statement text NOT NULL,"
                    + " finished timestamptz NOT NULL DEFAULT current_timestamp, PRIMARY KEY (pipeline, entry, time))");
        }
        connection.commit();
    }
}
