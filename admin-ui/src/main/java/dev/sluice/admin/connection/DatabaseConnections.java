package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.jdbc.JdbcAddress;
import dev.sluice.jdbc.KeyStoreFiles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** Opens connections to database servers of every kind, with short time-outs. Thread-safe. */
@Component
public class DatabaseConnections {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final SecretCipher cipher;

    DatabaseConnections(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /** Opens one; the caller closes it. */
    public Connection open(DataSource source) throws CannotConnect {
        if (source.kind() == DataSource.Kind.REDIS) {
            throw new InvalidConfiguration("kind", "REDIS has no tables; choose a database");
        }
        JdbcAddress address = JdbcAddress.of(source);
        Properties properties = new Properties();
        properties.setProperty("user", source.username());
        properties.setProperty("password", cipher.decrypt(source.password()));
        properties.putAll(address.tls());
        properties.putAll(session(source.kind()));
        try (KeyStoreFiles keyStores = new KeyStoreFiles(source, cipher)) {
            properties.putAll(keyStores.properties());
            Connection connection = DriverManager.getConnection(address.url(), properties);
            // the drivers of the others have a time-out for answers beside the one for connecting
            if (source.kind() == DataSource.Kind.MYSQL || source.kind() == DataSource.Kind.MARIADB) {
                connection.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            }
            return connection;
        } catch (SQLException e) {
            throw new CannotConnect(explain(source, e), e);
        }
    }

    private static Map<String, String> session(DataSource.Kind kind) {
        return switch (kind) {
            case POSTGRESQL ->
                Map.of(
                        "connectTimeout", String.valueOf(CONNECT.toSeconds()),
                        "loginTimeout", String.valueOf(ANSWER.toSeconds()),
                        "socketTimeout", String.valueOf(ANSWER.toSeconds()),
                        "ApplicationName", "sluice-admin");
            case ORACLE ->
                Map.of(
                        "oracle.net.CONNECT_TIMEOUT", String.valueOf(CONNECT.toMillis()),
                        "oracle.jdbc.ReadTimeout", String.valueOf(ANSWER.toMillis()));
            default ->
                Map.of(
                        "connectTimeout", String.valueOf(CONNECT.toMillis()),
                        "socketTimeout", String.valueOf(CONNECT.toMillis()),
                        "connectionAttributes", "program_name:sluice-admin");
        };
    }

    private static String explain(DataSource source, SQLException failure) {
        return switch (source.kind()) {
            case POSTGRESQL -> PostgresFailure.explain(source, failure);
            case ORACLE -> OracleFailure.explain(source, failure);
            default -> MySqlFailure.explain(source, failure);
        };
    }
}
