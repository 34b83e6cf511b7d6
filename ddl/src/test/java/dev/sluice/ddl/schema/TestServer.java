package dev.sluice.ddl.schema;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.MariaDbVersion;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.List;

/** The servers whose tables are followed, and which lists of statements they understand. */
enum TestServer {
    MYSQL_5_7("all", "mysql"),
    MYSQL_8_0("all", "mysql", "newer", "mysql8"),
    MYSQL_9_7("all", "mysql", "newer", "mysql8", "mysql9"),
    MARIADB_10_11("all", "newer", "mariadb"),
    MARIADB_11_4("all", "newer", "mariadb");

    final List<String> lists;

    TestServer(String... lists) {
        this.lists = List.of(lists);
    }

    boolean mariaDb() {
        return name().startsWith("MARIADB");
    }

    /** Whether the server can be had; only MySQL 9.7 depends on where this runs. */
    boolean available() {
        boolean there = this != MYSQL_9_7 || MySqlServer.isAvailable(MySqlVersion.V9_7);
        if (!there) {
            System.out.println("SKIPPED: MySQL 9.7 is not to be had on this machine");
        }
        return there;
    }

    DatabaseServer start() {
        return switch (this) {
            case MYSQL_5_7 -> MySqlServer.obtain("mysql.57", MySqlVersion.V5_7_22, ServerOptions.defaults());
            case MYSQL_8_0 -> SharedServers.mysql();
            case MYSQL_9_7 -> MySqlServer.obtain("mysql.97", MySqlVersion.V9_7, ServerOptions.defaults());
            case MARIADB_10_11 -> SharedServers.mariadb();
            case MARIADB_11_4 -> MariaDbServer.obtain("mariadb.11", MariaDbVersion.V11_4_5, ServerOptions.defaults());
        };
    }

    /** Ends a server that is not shared. */
    void stop(DatabaseServer server) {
        if (this != MYSQL_8_0 && this != MARIADB_10_11) {
            server.close();
        }
    }
}
