package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.jdbc.JdbcAddress;
import dev.sluice.jdbc.KeyStoreFiles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** Opens connections to MySQL and MariaDB, with short time-outs. Thread-safe. */
@Component
class MySqlConnections {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final SecretCipher cipher;

    MySqlConnections(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /** Opens one; the caller closes it. */
    Connection open(DataSource source) throws CannotConnect {
        JdbcAddress address = JdbcAddress.of(source);
        Properties properties = new Properties();
        properties.setProperty("user", source.username());
        properties.setProperty("password", cipher.decrypt(source.password()));
        properties.putAll(address.tls());
        properties.setProperty("connectTimeout", String.valueOf(CONNECT.toMillis()));
        properties.setProperty("socketTimeout", String.valueOf(CONNECT.toMillis()));
        properties.setProperty("connectionAttributes", "program_name:sluice-admin");
        try (KeyStoreFiles keyStores = new KeyStoreFiles(source, cipher)) {
            properties.putAll(keyStores.properties());
            Connection connection = DriverManager.getConnection(address.url(), properties);
            connection.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            return connection;
        } catch (SQLException e) {
            throw new CannotConnect(MySqlFailure.explain(source, e), e);
        }
    }
}
