package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsMode;
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
        Properties properties = new Properties();
        properties.setProperty("user", source.username());
        properties.setProperty("password", cipher.decrypt(source.password()));
        properties.setProperty("sslMode", source.tls().name());
        // without TLS, caching_sha2_password hands out its key for encrypting the password over the wire
        boolean mayBePlain = source.tls() == TlsMode.DISABLED || source.tls() == TlsMode.PREFERRED;
        properties.setProperty("allowPublicKeyRetrieval", String.valueOf(mayBePlain));
        properties.setProperty("connectTimeout", String.valueOf(CONNECT.toMillis()));
        properties.setProperty("socketTimeout", String.valueOf(CONNECT.toMillis()));
        properties.setProperty("connectionAttributes", "program_name:sluice-admin");
        String host = source.host().indexOf(':') >= 0 ? "[" + source.host() + "]" : source.host();
        try (KeyStoreFiles keyStores = new KeyStoreFiles(source, cipher)) {
            properties.putAll(keyStores.properties());
            Connection connection =
                    DriverManager.getConnection("jdbc:mysql://" + host + ":" + source.port() + "/", properties);
            connection.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            return connection;
        } catch (SQLException e) {
            throw new CannotConnect(MySqlFailure.explain(source, e), e);
        }
    }
}
