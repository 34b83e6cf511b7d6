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

/** Opens connections to PostgreSQL, with short time-outs. Thread-safe. */
@Component
class PostgresConnections {
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "10";

    private final SecretCipher cipher;

    PostgresConnections(SecretCipher cipher) {
        this.cipher = cipher;
    }

    Connection open(DataSource source) throws CannotConnect {
        JdbcAddress address = JdbcAddress.of(source);
        Properties properties = new Properties();
        properties.setProperty("user", source.username());
        properties.setProperty("password", cipher.decrypt(source.password()));
        properties.putAll(address.tls());
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", ANSWER_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("ApplicationName", "sluice-admin");
        try (KeyStoreFiles keyStores = new KeyStoreFiles(source, cipher)) {
            properties.putAll(keyStores.properties());
            return DriverManager.getConnection(address.url(), properties);
        } catch (SQLException e) {
            throw new CannotConnect(explain(source, e), e);
        }
    }

    /** By the <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">error codes</a>. */
    private static String explain(DataSource source, SQLException failure) {
        String at = source.host() + ":" + source.port();
        return switch (String.valueOf(failure.getSQLState())) {
            case "28P01" -> at + " refused user '" + source.username() + "': check username and password";
            case "28000" ->
                at + " lets user '" + source.username() + "' not in from this machine with tls " + source.tls()
                        + ": check pg_hba.conf there";
            case "3D000" -> at + " has no database '" + source.database() + "': check the database";
            case "53300" -> at + " has too many connections: raise max_connections there";
            case "57P03" -> at + " is starting up: try again in a moment";
            default -> NetworkFailure.explain(source, failure, "PostgreSQL");
        };
    }
}
