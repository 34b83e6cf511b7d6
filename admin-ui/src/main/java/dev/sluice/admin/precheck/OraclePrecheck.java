package dev.sluice.admin.precheck;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** Whether an Oracle database can be written to, as far as its user can see it. */
final class OraclePrecheck {
    private static final int OLDEST = 19;

    private OraclePrecheck() {}

    static List<Finding> check(Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        String needed = "Oracle " + OLDEST + " or later";
        String charset =
                ask(connection, "SELECT value FROM nls_database_parameters WHERE parameter = 'NLS_CHARACTERSET'");
        boolean mayCreate = !ask(connection, "SELECT COUNT(*) FROM session_privs WHERE privilege = 'CREATE TABLE'")
                        .equals("0")
                || !ask(connection, "SELECT COUNT(*) FROM user_tables WHERE table_name = 'SLUICE_WATERMARK'")
                        .equals("0");
        return List.of(
                Finding.ok("connection", "connected", "a connection"),
                major >= OLDEST
                        ? Finding.ok("version", "Oracle " + major, needed)
                        : Finding.error("version", "Oracle " + major, needed, "upgrade the server"),
                charset.equals("AL32UTF8")
                        ? Finding.ok("NLS_CHARACTERSET", charset, "AL32UTF8")
                        : Finding.error(
                                "NLS_CHARACTERSET",
                                charset,
                                "AL32UTF8",
                                "choose a database whose character set is AL32UTF8; this one loses characters"),
                mayCreate
                        ? Finding.ok("SLUICE_WATERMARK", "may be created", "in the user's own schema")
                        : Finding.error(
                                "SLUICE_WATERMARK",
                                "CREATE TABLE missing",
                                "in the user's own schema",
                                "GRANT CREATE TABLE to the user and a quota on its tablespace"));
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? Objects.requireNonNullElse(result.getString(1), "") : "";
        }
    }
}
