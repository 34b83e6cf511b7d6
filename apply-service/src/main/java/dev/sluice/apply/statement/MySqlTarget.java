package dev.sluice.apply.statement;

import dev.sluice.change.message.DdlLine;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.Identifiers;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a statement once, although no server makes it one with a record of it: what the tables were like is noted before, so
 * after a crash they tell whether it ran. A lock that lives as long as the session that runs it keeps a second try from
 * beginning while the first goes on without its client. A target that has the change already goes on. Thread-safe.
 */
final class MySqlTarget implements TargetStatements {
    private static final Logger LOG = LoggerFactory.getLogger(TargetStatements.class);

    /** Table exists or not, column or key exists or not: what a server says that has the change. */
    private static final Set<Integer> MAY_HAVE_IT =
            Set.of(1050, 1051, 1054, 1060, 1061, 1068, 1091, 1146, 1176, 1025, 1017);

    /** Somebody else had the table. */
    private static final Set<Integer> PASSING = Set.of(1205, 1213);

    private static final ResultingTables.Catalog CATALOG = new ResultingTables.Catalog(
            "SELECT column_name FROM information_schema.columns WHERE table_schema=? AND table_name=?",
            "SELECT index_name FROM information_schema.statistics WHERE table_schema=? AND table_name=?");

    private static final int NO_SUCH_TABLE = 1146;

    private static final int LONGEST_LOCK = 64;

    private final StatementRecords records;

    /**
     * Statements of one target.
     *
     * @param schema database at the target for the records
     */
    MySqlTarget(String schema) {
        String table = Identifiers.quoted(schema) + ".`sluice_ddl`";
        records = new StatementRecords(
                table,
                "tables_before",
                "CREATE TABLE IF NOT EXISTS " + table + " (pipeline VARCHAR(64) NOT NULL,"
                        + " entry BIGINT NOT NULL, time BIGINT NOT NULL, statement LONGTEXT NOT NULL,"
                        + " tables_before CHAR(64) NOT NULL, begun TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),"
                        + " finished TIMESTAMP(6) NULL, PRIMARY KEY (pipeline, entry, time))"
                        + " ENGINE=InnoDB CHARACTER SET utf8mb4",
                NO_SUCH_TABLE);
    }

    @Override
    public @Nullable WriteOutcome run(Connection connection, String pipeline, DdlLine line, End end)
            throws SQLException, WriteFailed {
        String lock = "sluice ddl " + pipeline;
        lock = lock.substring(0, Math.min(LONGEST_LOCK, lock.length()));
        if (!lock(connection, "SELECT GET_LOCK(?, 0)", lock)) {
            return null;
        }
        try {
            if (!line.isGivenUp()) {
                runOnce(connection, pipeline, line);
            }
            return end.commit();
        } finally {
            // a connection that broke keeps the lock as long as the server still works on its statement
            if (connection.isValid(5)) {
                connection.rollback();
                lock(connection, "SELECT RELEASE_LOCK(?)", lock);
                connection.commit();
            }
        }
    }

    @Override
    public void finish(Connection connection, String pipeline, DdlLine line) throws SQLException {
        records.finish(connection, pipeline, line);
    }

    private void runOnce(Connection connection, String pipeline, DdlLine line) throws SQLException, WriteFailed {
        Optional<StatementRecords.Record> record = records.find(connection, pipeline, line);
        if (record.isPresent() && record.get().finished()) {
            LOG.info("pipeline {}: {} has run before", pipeline, TargetStatements.name(line));
            return;
        }
        Ddl ddl = TargetStatements.read(line);
        TargetTables tables = new TargetTables(connection);
        String now = tables.fingerprint(line.tables());
        if (record.isEmpty()) {
            records.begin(connection, pipeline, line, now);
        } else if (!record.get().note().equals(now)) {
            if (!new ResultingTables(connection, CATALOG).have(ddl)) {
                throw TargetStatements.failed(
                        line,
                        "an earlier try left the tables neither as they were nor as they should be: complete"
                                + " it by hand, then delete its row in sluice_ddl and it goes on");
            }
            LOG.info("pipeline {}: {} was run by an earlier try", pipeline, TargetStatements.name(line));
            return;
        } else if (tables.exchanges(ddl)) {
            throw TargetStatements.failed(
                    line,
                    "nobody can tell whether an earlier try has exchanged the rows: look, and then delete its row"
                            + " in sluice_ddl if it is to be run, or set finished there if not");
        }
        try {
            execute(connection, line);
            LOG.info("pipeline {}: {} has run", pipeline, TargetStatements.name(line));
        } catch (SQLException e) {
            refused(connection, pipeline, line, ddl, e);
        }
    }

    private void refused(Connection connection, String pipeline, DdlLine line, Ddl ddl, SQLException e)
            throws SQLException, WriteFailed {
        if (e.getErrorCode() == 0 || (e.getSQLState() != null && e.getSQLState().startsWith("08"))) {
            // the connection broke: it may run on
            throw e;
        }
        if (MAY_HAVE_IT.contains(e.getErrorCode()) && new ResultingTables(connection, CATALOG).have(ddl)) {
            LOG.info(
                    "pipeline {}: the target already has what {} does: {}",
                    pipeline,
                    TargetStatements.name(line),
                    e.getMessage());
            return;
        }
        records.forget(connection, pipeline, line);
        if (PASSING.contains(e.getErrorCode())) {
            throw e;
        }
        throw TargetStatements.failed(line, TargetStatements.refusal(pipeline, line, e));
    }

    private static void execute(Connection connection, DdlLine line) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String own = one(statement, "SELECT @@SESSION.sql_mode");
            statement.execute("SET SESSION sql_mode='"
                    + SqlModes.names(TargetStatements.session(line).sqlMode()) + "'");
            try {
                statement.execute(line.sql());
            } finally {
                if (connection.isValid(5)) {
                    statement.execute("SET SESSION sql_mode='" + own + "'");
                }
            }
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static boolean lock(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 1;
            }
        }
    }
}
