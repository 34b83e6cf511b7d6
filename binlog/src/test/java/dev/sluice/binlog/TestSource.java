package dev.sluice.binlog;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.MariaDbVersion;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import dev.sluice.testsupport.servers.SharedServers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The servers the tests read from, each started once for all tests. */
enum TestSource {
    MYSQL_8_0,
    MYSQL_9_7,
    MARIADB_10_11,
    MARIADB_11_4;

    private static final Map<TestSource, DatabaseServer> STARTED = new EnumMap<>(TestSource.class);
    private static final AtomicLong NUMBERS = new AtomicLong(1_000_000);

    boolean isMariaDb() {
        return this == MARIADB_10_11 || this == MARIADB_11_4;
    }

    /** Whether columns may be invisible, from MySQL 8.0.23 on. */
    boolean knowsInvisible() {
        return this != MYSQL_8_0;
    }

    /** Whether the server can be had; only MySQL 9.7 depends on where this runs. */
    boolean available() {
        boolean there = this != MYSQL_9_7 || MySqlServer.isAvailable(MySqlVersion.V9_7);
        if (!there) {
            System.out.println("SKIPPED: MySQL 9.7 is not to be had on this machine");
        }
        return there;
    }

    DatabaseServer server() {
        synchronized (STARTED) {
            return STARTED.computeIfAbsent(this, TestSource::start);
        }
    }

    private static DatabaseServer start(TestSource source) {
        return switch (source) {
            case MYSQL_8_0 -> SharedServers.mysql();
            case MYSQL_9_7 -> closedAtExit(MySqlServer.obtain("mysql.97", MySqlVersion.V9_7, ServerOptions.defaults()));
            case MARIADB_10_11 -> SharedServers.mariadb();
            case MARIADB_11_4 ->
                closedAtExit(MariaDbServer.obtain("mariadb.11", MariaDbVersion.V11_4_5, ServerOptions.defaults()));
        };
    }

    private static DatabaseServer closedAtExit(DatabaseServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    static SourceAddress address(DatabaseServer server) {
        return new SourceAddress(
                server.host(), server.port(), server.user(), server.password(), TlsOptions.preferred());
    }

    static ReaderOptions options(SourceAddress address) {
        return new ReaderOptions(address, NUMBERS.incrementAndGet(), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    static ReaderOptions options(DatabaseServer server) {
        return options(address(server));
    }

    static SourcePositions positions(DatabaseServer server) throws Exception {
        return SourcePositions.of(address(server), Duration.ofSeconds(30));
    }
}
