package dev.sluice.testsupport.servers;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks a database for its version. */
final class ServerVersion {
    private ServerVersion() {}

    static String of(DatabaseServer server) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT VERSION()")) {
            rows.next();
            return rows.getString(1).replaceFirst("-log$", "");
        } catch (SQLException e) {
            throw new ServerStartException(
                    "cannot reach the database at " + server.host() + ":" + server.port() + ": " + e.getMessage(), e);
        }
    }
}
