package dev.sluice.testsupport.servers;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One server of each kind for a whole JVM, started when first asked for and gone with the JVM. Whoever kills or stops one
 * must restart it before the test ends; tests with special settings start servers of their own. Thread-safe.
 */
public final class SharedServers {
    private static final Lazy<MySqlServer> MYSQL =
            new Lazy<>(() -> MySqlServer.obtain("mysql", MySqlVersion.V8_0_15, ServerOptions.defaults()));
    private static final Lazy<MySqlServer> SECOND_MYSQL =
            new Lazy<>(() -> MySqlServer.obtain("mysql.second", MySqlVersion.V8_0_15, ServerOptions.defaults()));
    private static final Lazy<MariaDbServer> MARIADB =
            new Lazy<>(() -> MariaDbServer.obtain("mariadb", MariaDbVersion.V10_11_5, ServerOptions.defaults()));
    private static final Lazy<PostgresServer> POSTGRES =
            new Lazy<>(() -> PostgresServer.obtain("postgres", ServerOptions.defaults()));
    private static final Lazy<RabbitMqServer> RABBITMQ =
            new Lazy<>(() -> RabbitMqServer.obtain("rabbitmq", ServerOptions.defaults()));
    private static final Lazy<RedisServer> REDIS =
            new Lazy<>(() -> RedisServer.obtain("redis", ServerOptions.defaults()));

    private SharedServers() {}

    /** MySQL 8.0.15, or the one at {@code SLUICE_MYSQL_URL}. */
    public static MySqlServer mysql() {
        return MYSQL.get();
    }

    /** Another MySQL 8.0.15, or the one at {@code SLUICE_MYSQL_SECOND_URL}. */
    public static MySqlServer secondMysql() {
        return SECOND_MYSQL.get();
    }

    /** MariaDB 10.11.5, or the one at {@code SLUICE_MARIADB_URL}. */
    public static MariaDbServer mariadb() {
        return MARIADB.get();
    }

    /** PostgreSQL 17, or the one at {@code SLUICE_POSTGRES_URL}. */
    public static PostgresServer postgres() {
        return POSTGRES.get();
    }

    /** RabbitMQ 4.0, or the one at {@code SLUICE_RABBITMQ_URL}. */
    public static RabbitMqServer rabbit() {
        return RABBITMQ.get();
    }

    /** Redis 6.2, or the one at {@code SLUICE_REDIS_URL}. */
    public static RedisServer redis() {
        return REDIS.get();
    }

    private static final class Lazy<T> {
        private final Supplier<T> start;
        private @Nullable T value;

        Lazy(Supplier<T> start) {
            this.start = start;
        }

        synchronized T get() {
            if (value == null) {
                value = start.get();
            }
            return value;
        }
    }
}
