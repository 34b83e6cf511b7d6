package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import java.sql.SQLException;

/**
 * Says why PostgreSQL did not let us in, and the fix, by the
 * <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">error codes</a>.
 */
final class PostgresFailure {
    private PostgresFailure() {}

    static String explain(DataSource source, SQLException failure) {
        String at = source.host() + ":" + source.port();
        return switch (String.valueOf(failure.getSQLState())) {
            case "28P01" -> at + " refused user '" + source.username() + "': check username and password";
            case "28000" ->
                at + " lets user '" + source.username() + "' not in from this machine with tls " + source.tls()
                        + ": check pg_hba.conf there";
            case "3D000" -> at + " has no database '" + source.database() + "': check the database";
            case "53300" -> at + " has too many connections: raise max_connections there";
            case "57P03" -> at + " is starting up: try again in a moment";
            default -> NetworkFailure.explain(source, failure, "PostgreSQL");
        };
    }
}
