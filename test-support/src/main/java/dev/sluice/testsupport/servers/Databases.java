package dev.sluice.testsupport.servers;

import java.util.Locale;

/** Databases with names of their own, so that tests can share a server. */
public final class Databases {
    private Databases() {}

    /** Creates an empty database (on PostgreSQL a schema) whose name begins with {@code prefix}, and gives the name. */
    public static String create(DatabaseServer server, String prefix) {
        String name = (prefix + "_" + RandomText.of(8)).toLowerCase(Locale.ROOT);
        server.execute(
                server instanceof PostgresServer
                        ? "CREATE SCHEMA " + name
                        : "CREATE DATABASE `" + name + "` CHARACTER SET utf8mb4");
        return name;
    }

    public static String create(DatabaseServer server) {
        return create(server, "t");
    }
}
