package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.InvalidConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Connects to a server and says what answered, or why nothing did. */
@Component
public class ConnectionTester {
    private final MySqlConnections mySql;
    private final RedisConnections redis;

    ConnectionTester(MySqlConnections mySql, RedisConnections redis) {
        this.mySql = mySql;
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
        switch (source.kind()) {
            case MYSQL, MARIADB -> {
                try (Connection connection = mySql.open(source)) {
                    return ServerVersion.of(connection).toString();
                }
            }
            case REDIS -> {
                return "Redis " + redis.info(source).getOrDefault("redis_version", "");
            }
            default ->
                throw new InvalidConfiguration(
                        "kind", "ORACLE cannot be reached by this version; choose MYSQL, MARIADB or REDIS");
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
