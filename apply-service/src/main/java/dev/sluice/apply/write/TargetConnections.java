package dev.sluice.apply.write;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A target's connections, each with the session that makes literals mean the same everywhere. Thread-safe. */
final class TargetConnections implements AutoCloseable {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration ANSWER_PATIENCE = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofMinutes(1);

    /**
     * Strict, so that nothing is cut off in silence; 0 is a value for AUTO_INCREMENT; zero dates and dates that do not
     * exist pass, for the source had them.
     */
    static final String SQL_MODE = "STRICT_TRANS_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES";

    private static final String SESSION = "SET SESSION time_zone='+00:00', foreign_key_checks=0, unique_checks=1,"
            + " innodb_lock_wait_timeout=10, sql_mode='" + SQL_MODE + "'";

    private final HikariDataSource pool;

    TargetConnections(DataSource target, SecretCipher cipher, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("target " + target.name());
        config.setDriverClassName("com.mysql.cj.jdbc.Driver");
        String host = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
        config.setJdbcUrl("jdbc:mysql://" + host + ":" + target.port() + "/");
        config.setUsername(target.username());
        config.setPassword(cipher.decrypt(target.password()));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(CONNECT_PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(SESSION);
        driver(config, target.tls());
        pool = new HikariDataSource(config);
    }

    private static void driver(HikariConfig config, TlsMode tls) {
        config.addDataSourceProperty("sslMode", tls.name());
        // without TLS, caching_sha2_password encrypts the password with the server's key instead
        config.addDataSourceProperty(
                "allowPublicKeyRetrieval", tls == TlsMode.DISABLED || tls == TlsMode.PREFERRED ? "true" : "false");
        config.addDataSourceProperty("connectTimeout", Long.toString(CONNECT_PATIENCE.toMillis()));
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

    Connection open() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
