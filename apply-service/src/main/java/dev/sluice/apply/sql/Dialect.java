package dev.sluice.apply.sql;

import com.zaxxer.hikari.HikariConfig;
import dev.sluice.apply.failure.Diagnosis;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.message.TableLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What differs between kinds of target servers: connections, tables, statements, errors. Stateless. */
public sealed interface Dialect permits MySqlDialect, PostgresDialect, OracleDialect {
    /** How long a server may take to answer. */
    Duration ANSWER_PATIENCE = Duration.ofMinutes(2);

    static Dialect of(DataSource.Kind kind) {
        return switch (kind) {
            case MYSQL, MARIADB -> new MySqlDialect();
            case POSTGRESQL -> new PostgresDialect();
            case ORACLE -> new OracleDialect();
            case REDIS -> throw new IllegalArgumentException("no rows are applied to a " + kind + " server");
        };
    }

    /** Sets what the driver does, and the session that makes statements mean the same everywhere. */
    void session(HikariConfig config, Duration patience);

    /** The largest statement that the server is sure to take. */
    int statementBytes(Connection connection) throws SQLException;

    WatermarkSql watermarks(String schema);

    ParkedSql parked(String schema);

    /** Whether an error says that a table of ours, or its schema, is not there yet. */
    boolean isMissingTable(SQLException error);

    /** What the target says of a table; null if it has none of that name. */
    @Nullable
    TargetTable table(Connection connection, TableLine.Target name) throws SQLException;

    TableStatements statements(TablePlan plan);

    /** What an error means; its message may differ from the one to be told. */
    Diagnosis diagnose(String target, SQLException error, String message);
}
