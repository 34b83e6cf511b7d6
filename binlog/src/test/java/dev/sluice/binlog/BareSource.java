package dev.sluice.binlog;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.MariaDbVersion;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;

/** Servers with less than full row metadata. */
enum BareSource {
    MYSQL_5_7,
    MYSQL_8_0_MINIMAL,
    MARIADB_10_11_NO_LOG;

    boolean isMariaDb() {
        return this == MARIADB_10_11_NO_LOG;
    }

    DatabaseServer start() {
        return switch (this) {
            case MYSQL_5_7 -> MySqlServer.start(MySqlVersion.V5_7_22, ServerOptions.defaults());
            case MYSQL_8_0_MINIMAL ->
                MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults().with("--binlog-row-metadata=MINIMAL"));
            case MARIADB_10_11_NO_LOG ->
                MariaDbServer.start(
                        MariaDbVersion.V10_11_5, ServerOptions.defaults().with("--binlog-row-metadata=NO_LOG"));
        };
    }
}
