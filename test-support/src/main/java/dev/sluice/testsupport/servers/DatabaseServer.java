package dev.sluice.testsupport.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.OptionalLong;

/** A database server and its administrator's account, which may do everything. */
public sealed interface DatabaseServer extends AutoCloseable permits MySqlServer, MariaDbServer, PostgresServer {
    String host();

    int port();

    String user();

    String password();

    /** As the server itself tells it, such as {@code 8.0.15} or {@code 10.11.5-MariaDB}. */
    String version();

    /** For the server's driver, without credentials; {@code schema} may be empty. */
    default String jdbcUrl(String schema) {
        return "jdbc:mysql://%s:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true&connectionTimeZone=UTC"
                .formatted(host(), port(), schema);
    }

    /** A new connection of the administrator. */
    default Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(schema), user(), password());
    }

    default Connection connect() throws SQLException {
        return connect("");
    }

    /** Runs statements one after the other on a connection of their own. */
    default void execute(String... statements) {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare the database: " + e.getMessage(), e);
        }
    }

    /** SIGKILL; refused for a server given by URL. */
    void kill9();

    /** Stops in good order; data stays. */
    void stop();

    /** Starts again, same port and data; stops first when running. */
    void restart();

    /** The server's process, when it is a running one of ours. */
    OptionalLong pid();

    @Override
    void close();
}
