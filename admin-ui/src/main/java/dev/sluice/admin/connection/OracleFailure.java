package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import java.sql.SQLException;

/**
 * Says why Oracle did not let us in, and the fix, by the
 * <a href="https://docs.oracle.com/error-help/db/">ORA numbers</a>.
 */
final class OracleFailure {
    private OracleFailure() {}

    static String explain(DataSource source, SQLException failure) {
        String at = source.host() + ":" + source.port();
        return switch (failure.getErrorCode()) {
            case 1017, 1005 -> at + " refused user '" + source.username() + "': check username and password";
            case 28000 -> "user '" + source.username() + "' is locked at " + at + ": run ALTER USER ... ACCOUNT UNLOCK";
            case 28001 -> "the password of '" + source.username() + "' has expired at " + at + ": set a new one there";
            case 1045 ->
                at + " lets user '" + source.username() + "' not in: GRANT CREATE SESSION TO " + source.username();
            case 12505, 12514, 12504 ->
                at + " has no service '" + source.database() + "': check the database, which names the service";
            default -> NetworkFailure.explain(source, failure, "Oracle");
        };
    }
}
