package dev.sluice.apply.statement;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.message.DdlLine;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Runs statements at one kind of target, each of them once. A target that has the change already goes on. Thread-safe. */
public sealed interface TargetStatements permits MySqlTarget, PostgresTarget, OracleTarget {
    /**
     * Those of a target.
     *
     * @param schema at the target for the records; at Oracle they are in the user's own
     */
    static TargetStatements of(DataSource.Kind kind, String schema) {
        return switch (kind) {
            case MYSQL, MARIADB -> new MySqlTarget(schema);
            case POSTGRESQL -> new PostgresTarget(schema);
            case ORACLE -> new OracleTarget();
            case REDIS -> throw new IllegalArgumentException("no statements run at a " + kind + " server");
        };
    }

    /** What makes it known that a statement has run. */
    interface End {
        WriteOutcome commit() throws SQLException;
    }

    /**
     * Runs a statement unless it has run; ends the connection's transaction.
     *
     * @param end commits that it has run, before anybody else may look whether it has
     * @return what the end says; null if an earlier try still runs
     * @throws WriteFailed if the target refuses it, or nobody can tell whether it ran
     */
    @Nullable
    WriteOutcome run(Connection connection, String pipeline, DdlLine line, End end) throws SQLException, WriteFailed;

    /** Notes that a statement has run, in the present transaction. */
    void finish(Connection connection, String pipeline, DdlLine line) throws SQLException;

    /** A statement that waits for a person. */
    static WriteFailed failed(DdlLine line, String reason) {
        return new WriteFailed(new Failure.Fatal(name(line) + ": " + reason));
    }

    static String refusal(String pipeline, DdlLine line, SQLException e) {
        return "the target refuses it: " + e.getMessage()
                + "; mend the target and it is tried again, or answer ignore at /api/v1/pipelines/" + pipeline
                + "/statements/" + entry(line);
    }

    static Ddl read(DdlLine line) {
        DdlLine.Session session = session(line);
        return DdlParser.parse(
                line.sql(), line.schema(), new Dialect(session.mariaDb(), session.version(), session.sqlMode()));
    }

    static DdlLine.Session session(DdlLine line) {
        DdlLine.Session session = line.session();
        return session == null ? new DdlLine.Session(false, 0, 0) : session;
    }

    static long entry(DdlLine line) {
        DdlLine.Barrier barrier = line.barrier();
        return barrier == null ? 0 : barrier.entry();
    }

    static String name(DdlLine line) {
        return "the statement at entry " + entry(line);
    }
}
