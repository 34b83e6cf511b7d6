package dev.sluice.apply.sql;

import com.zaxxer.hikari.HikariConfig;
import dev.sluice.apply.failure.Diagnosis;
import dev.sluice.apply.failure.OracleErrors;
import dev.sluice.change.message.TableLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Oracle, by its thin driver. The watermarks are kept in the user's own schema, for a schema is a user and cannot be made
 * beside the way.
 */
final class OracleDialect implements Dialect {
    private static final int LARGEST_BATCH = 1 << 28;
    private static final int NO_SUCH_TABLE = 942;

    @Override
    public void session(HikariConfig config, Duration patience) {
        config.setConnectionInitSql("ALTER SESSION SET TIME_ZONE='+00:00'");
        config.addDataSourceProperty("oracle.net.CONNECT_TIMEOUT", Long.toString(patience.toMillis()));
        config.addDataSourceProperty("oracle.jdbc.ReadTimeout", Long.toString(ANSWER_PATIENCE.toMillis()));
        config.addDataSourceProperty("oracle.net.keepAlive", "true");
        config.addDataSourceProperty("oracle.jdbc.implicitStatementCacheSize", "50");
        // a double is more than NUMBER holds
        config.addDataSourceProperty("SetFloatAndDoubleUseBinary", "true");
    }

    @Override
    public int statementBytes(Connection connection) {
        return LARGEST_BATCH;
    }

    /** The empty origin is NULL here. */
    @Override
    public WatermarkSql watermarks(String schema) {
        return new WatermarkSql(
                List.of("CREATE TABLE SLUICE_WATERMARK (PIPELINE VARCHAR2(64) NOT NULL, PART NUMBER(10) NOT NULL,"
                        + " EPOCH NUMBER(19) NOT NULL, SEQ NUMBER(19) NOT NULL, ORIGIN VARCHAR2(64),"
                        + " UPDATED TIMESTAMP(6) WITH TIME ZONE DEFAULT SYSTIMESTAMP NOT NULL,"
                        + " PRIMARY KEY (PIPELINE, PART))"),
                "SELECT EPOCH, SEQ FROM SLUICE_WATERMARK WHERE PIPELINE=? AND PART=?",
                "MERGE INTO SLUICE_WATERMARK W USING (SELECT CAST(? AS VARCHAR2(64)) PIPELINE, CAST(? AS NUMBER(10))"
                        + " PART FROM DUAL) N ON (W.PIPELINE=N.PIPELINE AND W.PART=N.PART) WHEN NOT MATCHED THEN"
                        + " INSERT (PIPELINE, PART, EPOCH, SEQ) VALUES (N.PIPELINE, N.PART, 0, 0)",
                "UPDATE SLUICE_WATERMARK SET EPOCH=?, SEQ=?, ORIGIN=?, UPDATED=SYSTIMESTAMP"
                        + " WHERE PIPELINE=? AND PART=? AND EPOCH=? AND SEQ=?");
    }

    /** In the user's own schema, as the watermarks. */
    @Override
    public ParkedSql parked(String schema) {
        return new ParkedSql(
                List.of(
                        "CREATE TABLE SLUICE_SUSPENDED (PIPELINE VARCHAR2(64) NOT NULL, PART NUMBER(10) NOT NULL,"
                                + " EPOCH NUMBER(19) NOT NULL, SEQ NUMBER(19) NOT NULL,"
                                + " GENERATION NUMBER(19) NOT NULL, TRIES NUMBER(10) NOT NULL,"
                                + " REASON VARCHAR2(1000 CHAR) NOT NULL, PRIMARY KEY (PIPELINE, PART))",
                        "CREATE TABLE SLUICE_PARKED (PIPELINE VARCHAR2(64) NOT NULL, PART NUMBER(10) NOT NULL,"
                                + " EPOCH NUMBER(19) NOT NULL, SEQ NUMBER(19) NOT NULL,"
                                + " STATE VARCHAR2(8) DEFAULT 'PARKED' NOT NULL,"
                                + " REVISION NUMBER(10) DEFAULT 1 NOT NULL, UNREPORTED NUMBER(10) DEFAULT 1 NOT NULL,"
                                + " TARGET_SCHEMA VARCHAR2(128) NOT NULL, TARGET_TABLE VARCHAR2(128) NOT NULL,"
                                + " REASON VARCHAR2(1000 CHAR) NOT NULL, SQL_STATE VARCHAR2(16),"
                                + " TRIES NUMBER(10) DEFAULT 0 NOT NULL,"
                                + " PARKED_AT TIMESTAMP(6) DEFAULT SYSTIMESTAMP NOT NULL, BODY BLOB NOT NULL,"
                                + " PRIMARY KEY (PIPELINE, PART, EPOCH, SEQ))"),
                "SLUICE_PARKED",
                "SLUICE_SUSPENDED");
    }

    @Override
    public boolean isMissingTable(SQLException error) {
        return error.getErrorCode() == NO_SUCH_TABLE;
    }

    @Override
    public @Nullable TargetTable table(Connection connection, TableLine.Target name) throws SQLException {
        return OracleTables.read(connection, name);
    }

    @Override
    public TableStatements statements(TablePlan plan) {
        return new BoundTable(plan);
    }

    @Override
    public Diagnosis diagnose(String target, SQLException error, String message) {
        return OracleErrors.classify(target, error.getErrorCode(), error.getSQLState(), message);
    }
}
