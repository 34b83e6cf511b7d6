package dev.sluice.apply.statement;

import dev.sluice.apply.failure.Diagnosis;
import dev.sluice.apply.failure.OracleErrors;
import dev.sluice.change.message.DdlLine;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.translation.NoTranslation;
import dev.sluice.ddl.translation.OracleStatements;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Oracle, which ends a transaction with every statement of this kind. What the source did in one is a row of steps here; before
 * each, its number is noted. After a crash the noted step is run again: it is there whole or not at all, and if it is there
 * Oracle says so and the names of tables, columns and keys tell the same. A lock that outlives transactions, and the client, keeps
 * a second try from beginning while the server still works for the first.
 */
final class OracleTarget implements TargetStatements {
    private static final Logger LOG = LoggerFactory.getLogger(OracleTarget.class);

    private static final StatementRecords RECORDS = new StatementRecords(
            "SLUICE_DDL",
            "STEP",
            "CREATE TABLE SLUICE_DDL (PIPELINE VARCHAR2(64) NOT NULL, ENTRY NUMBER(19) NOT NULL, TIME NUMBER(19) NOT NULL,"
                    + " STATEMENT CLOB NOT NULL, STEP VARCHAR2(10) NOT NULL,"
                    + " BEGUN TIMESTAMP(6) WITH TIME ZONE DEFAULT SYSTIMESTAMP NOT NULL,"
                    + " FINISHED TIMESTAMP(6) WITH TIME ZONE, PRIMARY KEY (PIPELINE, ENTRY, TIME))",
            942);

    private static final String LOCK = "BEGIN ? := DBMS_LOCK.REQUEST(?, 6, 0, FALSE); END;";
    private static final String UNLOCK = "BEGIN ? := DBMS_LOCK.RELEASE(?); END;";
    private static final int LOCKS = 1 << 30;
    private static final Set<Integer> LOCKED = Set.of(0, 4);
    private static final int NO_SUCH_PACKAGE = 6550;

    /** Table, column, key or index exists or not, or there is a primary key. */
    private static final Set<Integer> MAY_HAVE_IT =
            Set.of(904, 942, 955, 957, 1418, 1430, 2260, 2261, 2264, 2275, 2441, 2443);

    /** The columns have an index, or the column may hold NULL or not, as it should. */
    private static final Set<Integer> NOTHING_TO_DO = Set.of(1408, 1442, 1451);

    private static final ResultingTables.Catalog CATALOG = new ResultingTables.Catalog(
            "SELECT column_name FROM all_tab_columns WHERE UPPER(owner)=UPPER(?) AND UPPER(table_name)=UPPER(?)",
            "SELECT CASE WHEN SUBSTR(k.name, 1, LENGTH(k.table_name) + 1) = k.table_name || '_'"
                    + " THEN SUBSTR(k.name, LENGTH(k.table_name) + 2) ELSE k.name END FROM"
                    + " (SELECT owner, table_name, CASE WHEN constraint_type = 'P' THEN 'PRIMARY' ELSE constraint_name END name"
                    + " FROM all_constraints WHERE constraint_type IN ('P', 'U')"
                    + " UNION ALL SELECT table_owner, table_name, index_name FROM all_indexes) k"
                    + " WHERE UPPER(k.owner)=UPPER(?) AND UPPER(k.table_name)=UPPER(?)");

    @Override
    public @Nullable WriteOutcome run(Connection connection, String pipeline, DdlLine line, End end)
            throws SQLException, WriteFailed {
        int lock = Math.floorMod(("sluice ddl " + pipeline).hashCode(), LOCKS);
        if (!lock(connection, line, lock)) {
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
                call(connection, UNLOCK, lock);
                connection.commit();
            }
        }
    }

    @Override
    public void finish(Connection connection, String pipeline, DdlLine line) throws SQLException {
        RECORDS.finish(connection, pipeline, line);
    }

    private static void runOnce(Connection connection, String pipeline, DdlLine line) throws SQLException, WriteFailed {
        StatementRecords.Record record =
                RECORDS.find(connection, pipeline, line).orElse(null);
        if (record != null && record.finished()) {
            LOG.info("pipeline {}: {} has run before", pipeline, TargetStatements.name(line));
            return;
        }
        if (!(TargetStatements.read(line) instanceof Ddl.Tables ddl)) {
            throw TargetStatements.failed(line, "is not understood");
        }
        List<OracleStatements.Step> steps;
        try {
            steps = OracleStatements.of(ddl, OracleCatalog.names(connection, ddl));
        } catch (NoTranslation e) {
            throw TargetStatements.failed(line, String.valueOf(e.getMessage()));
        }
        if (record == null) {
            RECORDS.begin(connection, pipeline, line, "0");
        }
        int first = record == null ? 0 : Integer.parseInt(record.note());
        for (int i = first; i < steps.size(); i++) {
            if (i > first) {
                RECORDS.note(connection, pipeline, line, Integer.toString(i));
            }
            String part = steps.size() == 1 ? "" : "part " + (i + 1) + " of " + steps.size() + ", ";
            execute(connection, pipeline, line, ddl, steps.get(i), part);
        }
        LOG.info("pipeline {}: {} has run", pipeline, TargetStatements.name(line));
    }

    private static void execute(
            Connection connection,
            String pipeline,
            DdlLine line,
            Ddl.Tables ddl,
            OracleStatements.Step step,
            String part)
            throws SQLException, WriteFailed {
        try (Statement statement = connection.createStatement()) {
            statement.execute(step.sql());
        } catch (SQLException e) {
            int code = e.getErrorCode();
            if (NOTHING_TO_DO.contains(code)) {
                return;
            }
            boolean mayHaveIt = step.change() != null && MAY_HAVE_IT.contains(code);
            if (!mayHaveIt && passes(e)) {
                throw e;
            }
            connection.rollback();
            if (!mayHaveIt
                    || !new ResultingTables(connection, CATALOG)
                            .have(new Ddl.Tables(ddl.kind(), List.of(step.change())))) {
                throw TargetStatements.failed(line, part + TargetStatements.refusal(pipeline, line, e));
            }
            LOG.info(
                    "pipeline {}: the target already has what {}{} does: {}",
                    pipeline,
                    part,
                    TargetStatements.name(line),
                    e.getMessage());
        }
    }

    /** Somebody else has the table, or the connection broke: then it may run on. */
    private static boolean passes(SQLException e) {
        Diagnosis.Remedy remedy =
                OracleErrors.classify("", e.getErrorCode(), e.getSQLState(), "").remedy();
        return remedy == Diagnosis.Remedy.RETRY || remedy == Diagnosis.Remedy.RETRY_TABLE;
    }

    private static boolean lock(Connection connection, DdlLine line, int lock) throws SQLException, WriteFailed {
        try {
            return LOCKED.contains(call(connection, LOCK, lock));
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_PACKAGE) {
                throw e;
            }
            throw TargetStatements.failed(
                    line, "statements need EXECUTE ON SYS.DBMS_LOCK; GRANT it to the data source's user");
        }
    }

    private static int call(Connection connection, String block, int lock) throws SQLException {
        try (CallableStatement call = connection.prepareCall(block)) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, lock);
            call.execute();
            return call.getInt(1);
        }
    }
}
