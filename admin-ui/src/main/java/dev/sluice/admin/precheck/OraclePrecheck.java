package dev.sluice.admin.precheck;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether an Oracle database can be written to, as far as its user can see it. */
final class OraclePrecheck {
    private static final int OLDEST = 19;

    private OraclePrecheck() {}

    static List<Finding> check(Connection connection, boolean appliesStatements) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        String needed = "Oracle " + OLDEST + " or later";
        String charset =
                ask(connection, "SELECT value FROM nls_database_parameters WHERE parameter = 'NLS_CHARACTERSET'");
        boolean mayCreate = !ask(connection, "SELECT COUNT(*) FROM session_privs WHERE privilege = 'CREATE TABLE'")
                        .equals("0")
                || !ask(connection, "SELECT COUNT(*) FROM user_tables WHERE table_name = 'SLUICE_WATERMARK'")
                        .equals("0");
        List<Finding> findings = new ArrayList<>(List.of(
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
                                "GRANT CREATE TABLE to the user and a quota on its tablespace")));
        if (appliesStatements) {
            findings.add(locks(connection));
        }
        return List.copyOf(findings);
    }

    /** Packages that a user may not call are not shown to it. */
    private static Finding locks(Connection connection) throws SQLException {
        boolean mayLock = !ask(
                        connection,
                        "SELECT COUNT(*) FROM all_procedures WHERE owner = 'SYS' AND object_name = 'DBMS_LOCK'")
                .equals("0");
        return mayLock
                ? Finding.ok("DBMS_LOCK", "may be called", "EXECUTE, for statements")
                : Finding.error(
                        "DBMS_LOCK",
                        "EXECUTE missing",
                        "EXECUTE, for statements",
                        "GRANT EXECUTE ON SYS.DBMS_LOCK to the user, or use IGNORE for all statements");
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? Objects.requireNonNullElse(result.getString(1), "") : "";
        }
    }
}
