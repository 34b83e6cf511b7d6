package dev.sluice.apply.write;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.apply.sql.Dialect;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.jdbc.JdbcAddress;
import dev.sluice.jdbc.KeyStoreFiles;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A target's connections, each with the session that makes literals mean the same everywhere. Thread-safe. */
final class TargetConnections implements AutoCloseable {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final HikariDataSource pool;
    private final KeyStoreFiles keyStores;

    TargetConnections(Dialect dialect, DataSource target, SecretCipher cipher, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("target " + target.name());
        JdbcAddress address = JdbcAddress.of(target);
        config.setDriverClassName(address.driver());
        config.setJdbcUrl(address.url());
        address.tls().forEach(config::addDataSourceProperty);
        dialect.session(config, CONNECT_PATIENCE);
        config.setUsername(target.username());
        config.setPassword(cipher.decrypt(target.password()));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(CONNECT_PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        keyStores = new KeyStoreFiles(target, cipher);
        keyStores.properties().forEach(config::addDataSourceProperty);
        pool = new HikariDataSource(config);
    }

    Connection open() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void close() {
        pool.close();
        keyStores.close();
    }
}
