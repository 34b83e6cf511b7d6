package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.jdbc.JdbcAddress;
import dev.sluice.jdbc.KeyStoreFiles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** Opens connections to Oracle, with short time-outs. Thread-safe. */
@Component
class OracleConnections {
    private static final String CONNECT_MILLIS = "5000";
    private static final String ANSWER_MILLIS = "10000";

    private final SecretCipher cipher;

    OracleConnections(SecretCipher cipher) {
        this.cipher = cipher;
    }

    Connection open(DataSource source) throws CannotConnect {
        JdbcAddress address = JdbcAddress.of(source);
        Properties properties = new Properties();
        properties.setProperty("user", source.username());
        properties.setProperty("password", cipher.decrypt(source.password()));
        properties.putAll(address.tls());
        properties.setProperty("oracle.net.CONNECT_TIMEOUT", CONNECT_MILLIS);
        properties.setProperty("oracle.jdbc.ReadTimeout", ANSWER_MILLIS);
        try (KeyStoreFiles keyStores = new KeyStoreFiles(source, cipher)) {
            properties.putAll(keyStores.properties());
            return DriverManager.getConnection(address.url(), properties);
        } catch (SQLException e) {
            throw new CannotConnect(explain(source, e), e);
        }
    }

    /** By the <a href="https://docs.oracle.com/error-help/db/">ORA numbers</a>. */
    private static String explain(DataSource source, SQLException failure) {
        String at = source.host() + ":" + source.port();
        return switch (failure.getErrorCode()) {
            case 1017, 1005 -> at + " refused user '" + source.username() + "': check username and password";
            case 28000 -> "user '" + source.username() + "' is locked at " + at + ": run ALTER USER ... ACCOUNT UNLOCK";
            case 28001 -> "the password of '" + source.username() + "' has expired at " + at + ": set a new one there";
            case 1045 ->
                at + " lets user '" + source.username() + "' not in: GRANT CREATE SESSION TO " + source.username();
            case 12505, 12514, 12504 ->
                at + " has no service '" + source.database() + "': check the database, which names the service";
            default -> NetworkFailure.explain(source, failure, "Oracle");
        };
    }
}
