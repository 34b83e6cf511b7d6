package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import java.sql.SQLException;

/**
 * Says why MySQL or MariaDB did not let us in, and the fix. Numbers are those of the
 * <a href="https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html">server error reference</a>.
 */
final class MySqlFailure {
    private static final int ACCESS_DENIED = 1045;
    private static final int ACCESS_DENIED_NO_PASSWORD = 1698;
    private static final int HOST_NOT_PRIVILEGED = 1130;
    private static final int HOST_BLOCKED = 1129;
    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final int SECURE_TRANSPORT_REQUIRED = 3159;
    private static final int ACCOUNT_LOCKED = 3118;
    private static final int PASSWORD_EXPIRED = 1862;

    private MySqlFailure() {}

    static String explain(DataSource source, SQLException failure) {
        String at = source.host() + ":" + source.port();
        switch (failure.getErrorCode()) {
            case ACCESS_DENIED, ACCESS_DENIED_NO_PASSWORD:
                return at + " refused user '" + source.username()
                        + "': check username and password, and that the user may log in from this machine";
            case HOST_NOT_PRIVILEGED:
                return at + " lets nobody in from this machine: create the user as '" + source.username()
                        + "'@'%' or for this machine's address";
            case HOST_BLOCKED:
                return at + " has blocked this machine after too many errors: run FLUSH HOSTS there";
            case TOO_MANY_CONNECTIONS:
                return at + " has too many connections: raise max_connections there";
            case SECURE_TRANSPORT_REQUIRED:
                return at + " takes only TLS connections: set tls to REQUIRED";
            case ACCOUNT_LOCKED:
                return "user '" + source.username() + "' is locked at " + at + ": run ALTER USER ... ACCOUNT UNLOCK";
            case PASSWORD_EXPIRED:
                return "the password of '" + source.username() + "' has expired at " + at + ": set a new one there";
            default:
                return NetworkFailure.explain(source, failure, "MySQL or MariaDB");
        }
    }
}
