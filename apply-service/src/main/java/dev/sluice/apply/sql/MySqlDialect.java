package dev.sluice.apply.sql;

import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import com.zaxxer.hikari.HikariConfig;
import dev.sluice.apply.failure.Diagnosis;
import dev.sluice.apply.failure.MySqlErrors;
import dev.sluice.change.message.TableLine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB, by Connector/J. */
final class MySqlDialect implements Dialect {
    /**
     * Strict, so that nothing is cut off in silence; 0 is a value for AUTO_INCREMENT; zero dates and dates that do not
     * exist pass, for the source had them.
     */
    static final String SQL_MODE = "STRICT_TRANS_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES";

    private static final String SESSION = "SET SESSION time_zone='+00:00', foreign_key_checks=0, unique_checks=1,"
            + " innodb_lock_wait_timeout=10, lock_wait_timeout=10, sql_mode='" + SQL_MODE + "'";

    private static final int PACKET_TOO_LARGE = 1153;
    private static final int NO_SUCH_TABLE = 1146;
    private static final int NO_SUCH_DATABASE = 1049;

    private final MySqlSyntax syntax = new MySqlSyntax();

    @Override
    public void session(HikariConfig config, Duration patience) {
        config.setConnectionInitSql(SESSION);
        config.addDataSourceProperty("connectTimeout", Long.toString(patience.toMillis()));
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_PATIENCE.toMillis()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("characterEncoding", "UTF-8");
        config.addDataSourceProperty("connectionTimeZone", "UTC");
        config.addDataSourceProperty("useServerPrepStmts", "false");
        config.addDataSourceProperty("enableEscapeProcessing", "false");
        config.addDataSourceProperty("useLocalSessionState", "true");
        // the session's own sql_mode is strict; this one would ask for warnings after each statement
        config.addDataSourceProperty("jdbcCompliantTruncation", "false");
        // an upsert of a row that is there then counts 2 or 0, of one that is not 1
        config.addDataSourceProperty("useAffectedRows", "true");
        // updates of rows that are told in part go many a round trip
        config.addDataSourceProperty("allowMultiQueries", "true");
        config.addDataSourceProperty("dontTrackOpenResources", "true");
        config.addDataSourceProperty("maintainTimeStats", "false");
    }

    @Override
    public int statementBytes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT @@max_allowed_packet")) {
            result.next();
            return (int) Math.min(Integer.MAX_VALUE, result.getLong(1) / 2);
        }
    }

    @Override
    public WatermarkSql watermarks(String schemaName) {
        String schema = syntax.quote(schemaName);
        String table = schema + ".`sluice_watermark`";
        return new WatermarkSql(
                List.of(
                        "CREATE DATABASE IF NOT EXISTS " + schema + " CHARACTER SET utf8mb4",
                        "CREATE TABLE IF NOT EXISTS " + table + " (pipeline VARCHAR(64) NOT NULL, part INT NOT NULL,"
                                + " epoch BIGINT NOT NULL, seq BIGINT NOT NULL,"
                                + " origin VARCHAR(64) NOT NULL DEFAULT '', updated TIMESTAMP(6) NOT NULL"
                                + " DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),"
                                + " PRIMARY KEY (pipeline, part)) ENGINE=InnoDB CHARACTER SET utf8mb4"),
                "SELECT epoch, seq FROM " + table + " WHERE pipeline=? AND part=?",
                "INSERT INTO " + table + " (pipeline, part, epoch, seq) VALUES (?, ?, 0, 0)"
                        + " ON DUPLICATE KEY UPDATE seq=seq",
                "UPDATE " + table + " SET epoch=?, seq=?, origin=?, updated=CURRENT_TIMESTAMP(6)"
                        + " WHERE pipeline=? AND part=? AND epoch=? AND seq=?");
    }

    @Override
    public ParkedSql parked(String schemaName) {
        String schema = syntax.quote(schemaName);
        String rows = schema + ".`sluice_parked`";
        String suspensions = schema + ".`sluice_suspended`";
        return new ParkedSql(
                List.of(
                        "CREATE DATABASE IF NOT EXISTS " + schema + " CHARACTER SET utf8mb4",
                        "CREATE TABLE IF NOT EXISTS " + suspensions + " (pipeline VARCHAR(64) NOT NULL,"
                                + " part INT NOT NULL, epoch BIGINT NOT NULL, seq BIGINT NOT NULL,"
                                + " generation BIGINT NOT NULL, tries INT NOT NULL, reason VARCHAR(1000) NOT NULL,"
                                + " PRIMARY KEY (pipeline, part)) ENGINE=InnoDB CHARACTER SET utf8mb4",
                        "CREATE TABLE IF NOT EXISTS " + rows + " (pipeline VARCHAR(64) NOT NULL, part INT NOT NULL,"
                                + " epoch BIGINT NOT NULL, seq BIGINT NOT NULL,"
                                + " state VARCHAR(8) NOT NULL DEFAULT 'PARKED', revision INT NOT NULL DEFAULT 1,"
                                + " unreported INT NOT NULL DEFAULT 1,"
                                + " target_schema VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,"
                                + " target_table VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,"
                                + " reason VARCHAR(1000) NOT NULL, sql_state VARCHAR(16), tries INT NOT NULL DEFAULT 0,"
                                + " parked_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),"
                                + " body LONGBLOB NOT NULL, PRIMARY KEY (pipeline, part, epoch, seq),"
                                + " KEY parked (pipeline, part, state, target_schema, target_table, epoch, seq),"
                                + " KEY unreported (pipeline, part, unreported, epoch, seq))"
                                + " ENGINE=InnoDB CHARACTER SET utf8mb4"),
                rows,
                suspensions);
    }

    @Override
    public boolean isMissingTable(SQLException error) {
        return error.getErrorCode() == NO_SUCH_TABLE || error.getErrorCode() == NO_SUCH_DATABASE;
    }

    @Override
    public @Nullable TargetTable table(Connection connection, TableLine.Target name) throws SQLException {
        return MySqlTables.read(connection, name);
    }

    @Override
    public TableStatements statements(TablePlan plan) {
        return new TextTable(plan, syntax);
    }

    @Override
    public Diagnosis diagnose(String target, SQLException error, String message) {
        int code = error instanceof PacketTooBigException ? PACKET_TOO_LARGE : error.getErrorCode();
        return MySqlErrors.classify(target, code, error.getSQLState(), message);
    }
}
