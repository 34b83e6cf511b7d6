package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.InvalidConfiguration;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Connects to a server and says what answered, or why nothing did. */
@Component
public class ConnectionTester {
    private final DatabaseConnections databases;
    private final RedisConnections redis;

    ConnectionTester(DatabaseConnections databases, RedisConnections redis) {
        this.databases = databases;
        this.redis = redis;
    }

    public ConnectionTest test(DataSource source) {
        long start = System.nanoTime();
        try {
            String server = server(source);
            return new ConnectionTest(true, millisSince(start), server, "connected");
        } catch (CannotConnect e) {
            return new ConnectionTest(false, millisSince(start), "", e.getMessage());
        } catch (InvalidConfiguration | SQLException e) {
            return new ConnectionTest(false, millisSince(start), "", String.valueOf(e.getMessage()));
        }
    }

    private String server(DataSource source) throws CannotConnect, SQLException {
        if (source.kind() == DataSource.Kind.REDIS) {
            return "Redis " + redis.info(source).getOrDefault("redis_version", "");
        }
        try (Connection connection = databases.open(source)) {
            if (source.kind().capturable()) {
                return ServerVersion.of(connection).toString();
            }
            DatabaseMetaData server = connection.getMetaData();
            return server.getDatabaseProductName() + " " + server.getDatabaseMajorVersion() + "."
                    + server.getDatabaseMinorVersion();
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
