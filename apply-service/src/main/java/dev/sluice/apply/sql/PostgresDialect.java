package dev.sluice.apply.sql;

import com.zaxxer.hikari.HikariConfig;
import dev.sluice.apply.failure.Diagnosis;
import dev.sluice.apply.failure.PostgresErrors;
import dev.sluice.change.message.TableLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, by pgjdbc. */
final class PostgresDialect implements Dialect {
    /** Our own: the table's foreign keys would be checked. */
    static final String FOREIGN_KEYS = "SLFKC";

    /**
     * Times without a zone are UTC, and neither foreign keys nor triggers act, as for PostgreSQL's own replication; a user
     * who may not switch them off is found out at the first table that has foreign keys.
     */
    private static final String SESSION = """
            SET TIME ZONE 'UTC';
            SET lock_timeout = '10s';
            SET standard_conforming_strings = on;
            SET IntervalStyle = postgres;
            DO $$BEGIN SET session_replication_role = replica; EXCEPTION WHEN insufficient_privilege THEN NULL; END$$""";

    /** Two sessions that create the same with IF NOT EXISTS at once fail by a unique key of the catalogue. */
    private static final String ONE_CREATOR = "SELECT pg_advisory_xact_lock(hashtext('sluice'))";

    private static final int LARGEST_STATEMENT = 1 << 29;
    private static final String NO_SUCH_TABLE = "42P01";
    private static final String NO_SUCH_SCHEMA = "3F000";

    private final PostgresSyntax syntax = new PostgresSyntax();

    @Override
    public void session(HikariConfig config, Duration patience) {
        config.setConnectionInitSql(SESSION);
        // the session's settings would be rolled back with the first transaction
        config.setIsolateInternalQueries(true);
        config.addDataSourceProperty("ApplicationName", "sluice-apply");
        config.addDataSourceProperty("connectTimeout", Long.toString(patience.toSeconds()));
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_PATIENCE.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // statements of many rows are never the same twice, and a pooler between may not keep prepared ones
        config.addDataSourceProperty("prepareThreshold", "0");
    }

    @Override
    public int statementBytes(Connection connection) {
        return LARGEST_STATEMENT;
    }

    @Override
    public WatermarkSql watermarks(String schemaName) {
        String schema = syntax.quote(schemaName);
        String table = schema + ".sluice_watermark";
        return new WatermarkSql(
                List.of(
                        ONE_CREATOR,
                        "CREATE SCHEMA IF NOT EXISTS " + schema,
                        "CREATE TABLE IF NOT EXISTS " + table + " (pipeline varchar(64) NOT NULL, part int NOT NULL,"
                                + " epoch bigint NOT NULL, seq bigint NOT NULL,"
                                + " origin varchar(64) NOT NULL DEFAULT '',"
                                + " updated timestamptz NOT NULL DEFAULT current_timestamp,"
                                + " PRIMARY KEY (pipeline, part))"),
                "SELECT epoch, seq FROM " + table + " WHERE pipeline=? AND part=?",
                "INSERT INTO " + table + " (pipeline, part, epoch, seq) VALUES (?, ?, 0, 0) ON CONFLICT DO NOTHING",
                "UPDATE " + table + " SET epoch=?, seq=?, origin=?, updated=current_timestamp"
                        + " WHERE pipeline=? AND part=? AND epoch=? AND seq=?");
    }

    @Override
    public ParkedSql parked(String schemaName) {
        String schema = syntax.quote(schemaName);
        String rows = schema + ".sluice_parked";
        String suspensions = schema + ".sluice_suspended";
        return new ParkedSql(
                List.of(
                        ONE_CREATOR,
                        "CREATE SCHEMA IF NOT EXISTS " + schema,
                        "CREATE TABLE IF NOT EXISTS " + suspensions + " (pipeline varchar(64) NOT NULL,"
                                + " part int NOT NULL, epoch bigint NOT NULL, seq bigint NOT NULL,"
                                + " generation bigint NOT NULL, tries int NOT NULL, reason varchar(1000) NOT NULL,"
                                + " PRIMARY KEY (pipeline, part))",
                        "CREATE TABLE IF NOT EXISTS " + rows + " (pipeline varchar(64) NOT NULL, part int NOT NULL,"
                                + " epoch bigint NOT NULL, seq bigint NOT NULL,"
                                + " state varchar(8) NOT NULL DEFAULT 'PARKED', revision int NOT NULL DEFAULT 1,"
                                + " unreported int NOT NULL DEFAULT 1, target_schema varchar(64) NOT NULL,"
                                + " target_table varchar(64) NOT NULL, reason varchar(1000) NOT NULL,"
                                + " sql_state varchar(16), tries int NOT NULL DEFAULT 0,"
                                + " parked_at timestamptz NOT NULL DEFAULT current_timestamp, body bytea NOT NULL,"
                                + " PRIMARY KEY (pipeline, part, epoch, seq))",
                        "CREATE INDEX IF NOT EXISTS sluice_parked_table ON " + rows
                                + " (pipeline, part, state, target_schema, target_table, epoch, seq)",
                        "CREATE INDEX IF NOT EXISTS sluice_parked_unreported ON " + rows
                                + " (pipeline, part, unreported, epoch, seq)"),
                rows,
                suspensions);
    }

    @Override
    public boolean isMissingTable(SQLException error) {
        return NO_SUCH_TABLE.equals(error.getSQLState()) || NO_SUCH_SCHEMA.equals(error.getSQLState());
    }

    @Override
    public @Nullable TargetTable table(Connection connection, TableLine.Target name) throws SQLException {
        return PostgresTables.read(connection, name);
    }

    @Override
    public TableStatements statements(TablePlan plan) {
        return new TextTable(plan, syntax);
    }

    @Override
    public Diagnosis diagnose(String target, SQLException error, String message) {
        return PostgresErrors.classify(target, error.getSQLState(), message);
    }
}
