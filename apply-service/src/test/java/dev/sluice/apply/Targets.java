package dev.sluice.apply;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsMode;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.PostgresServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.List;

/** Servers of tests as the configuration would name them. */
public final class Targets {
    private Targets() {}

    /** The servers that can be had in every test run. */
    public static List<DatabaseServer> all() {
        return List.of(SharedServers.mysql(), SharedServers.mariadb(), SharedServers.postgres());
    }

    /** Lets a column of text hold 20 characters. */
    public static String widen(DatabaseServer server, String table, String column) {
        return "ALTER TABLE " + table
                + (server instanceof PostgresServer
                        ? " ALTER " + column + " TYPE VARCHAR(20)"
                        : " MODIFY " + column + " VARCHAR(20)");
    }

    /** A server at another address or with another password, such as behind a proxy. */
    public static DataSource dataSource(
            String name, DatabaseServer server, String host, int port, String password, TlsMode tls) {
        boolean postgres = server instanceof PostgresServer;
        DataSource.Kind kind = postgres
                ? DataSource.Kind.POSTGRESQL
                : server instanceof MariaDbServer ? DataSource.Kind.MARIADB : DataSource.Kind.MYSQL;
        return new DataSource(
                        name,
                        kind,
                        host,
                        port,
                        server.user(),
                        new SecretCipher(ApplyBench.SECRET_KEY).encrypt(password),
                        tls,
                        null,
                        null)
                .withDatabase(postgres ? PostgresServer.DATABASE : null);
    }

    public static DataSource dataSource(String name, DatabaseServer server) {
        return dataSource(name, server, server.host(), server.port(), server.password(), TlsMode.DISABLED);
    }
}
