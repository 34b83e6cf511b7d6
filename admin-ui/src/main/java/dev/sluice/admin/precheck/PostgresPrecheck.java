package dev.sluice.admin.precheck;

import dev.sluice.change.config.DataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether a PostgreSQL database can be written to. */
final class PostgresPrecheck {
    /** Where the watermark table lives, in the target itself. */
    private static final String OWN_SCHEMA = "sluice";

    private static final int OLDEST = 12;

    private final DataSource target;
    private final MappedTables mapped;

    PostgresPrecheck(DataSource target, MappedTables mapped) {
        this.target = target;
        this.mapped = mapped;
    }

    List<Finding> check(Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("connection", "connected", "a connection"));
        findings.add(version(connection));
        findings.add(
                ask(connection, "SELECT pg_is_in_recovery()").equals("f")
                        ? Finding.ok("recovery", "no", "no")
                        : Finding.error("recovery", "yes", "no", "choose the primary; a standby takes no writes"));
        String encoding = ask(connection, "SHOW server_encoding");
        findings.add(
                encoding.equals("UTF8")
                        ? Finding.ok("server_encoding", encoding, "UTF8")
                        : Finding.error(
                                "server_encoding",
                                encoding,
                                "UTF8",
                                "choose a database that was made with ENCODING 'UTF8'"));
        findings.add(ownSchema(connection));
        findings.add(foreignKeys(connection));
        findings.add(onDisk(connection, "fsync"));
        findings.add(onDisk(connection, "synchronous_commit"));
        List<MappedTables.Table> tables = mapped.existing(connection);
        findings.addAll(rows(connection, tables));
        findings.addAll(PrimaryKeys.check(
                mapped, tables, "without one a row that comes twice cannot be recognised at the target"));
        return findings;
    }

    private static Finding version(Connection connection) throws SQLException {
        String found = connection.getMetaData().getDatabaseProductVersion();
        String needed = "PostgreSQL " + OLDEST + " or later";
        return connection.getMetaData().getDatabaseMajorVersion() >= OLDEST
                ? Finding.ok("version", "PostgreSQL " + found, needed)
                : Finding.error("version", "PostgreSQL " + found, needed, "upgrade the server");
    }

    private Finding ownSchema(Connection connection) throws SQLException {
        boolean there = !ask(connection, "SELECT to_regnamespace(?) IS NULL", OWN_SCHEMA)
                .equals("t");
        String granted = there
                ? ask(connection, "SELECT has_schema_privilege(?, 'CREATE, USAGE')", OWN_SCHEMA)
                : ask(connection, "SELECT has_database_privilege(?, 'CREATE')", database());
        return granted.equals("t")
                ? Finding.ok("schema " + OWN_SCHEMA, "granted", "may create and use it")
                : Finding.error(
                        "schema " + OWN_SCHEMA,
                        "CREATE missing",
                        "may create and use it",
                        "GRANT CREATE ON " + (there ? "SCHEMA " + OWN_SCHEMA : "DATABASE " + quoted(database()))
                                + " TO " + quoted(target.username()) + "; the watermarks are kept there");
    }

    private static Finding foreignKeys(Connection connection) throws SQLException {
        boolean allowed = ask(connection, "SHOW is_superuser").equals("on")
                || connection.getMetaData().getDatabaseMajorVersion() >= 15
                        && ask(connection, "SELECT has_parameter_privilege('session_replication_role', 'SET')")
                                .equals("t");
        return allowed
                ? Finding.ok("session_replication_role", "may be set", "may be set")
                : Finding.warning(
                        "session_replication_role",
                        "may not be set",
                        "may be set",
                        "GRANT SET ON PARAMETER session_replication_role TO the user; tables with foreign keys are not"
                                + " written otherwise, and triggers fire");
    }

    /** The broker forgets a row when the target has committed it, so that commit must be on disk. */
    private static Finding onDisk(Connection connection, String setting) throws SQLException {
        String found = ask(connection, "SELECT current_setting(?)", setting);
        return found.equals("off")
                ? Finding.warning(
                        setting,
                        found,
                        "on",
                        "set " + setting + " to on; otherwise a power loss at the target may take the last rows, which"
                                + " are not sent again")
                : Finding.ok(setting, found, "on");
    }

    private List<Finding> rows(Connection connection, List<MappedTables.Table> tables) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        String needed = "SELECT, INSERT, UPDATE, DELETE";
        List<String> missing = new ArrayList<>();
        for (MappedTables.Table table : tables) {
            String name = quoted(table.schema()) + "." + quoted(table.name());
            boolean all = true;
            for (String privilege : needed.split(", ")) {
                all &= ask(connection, "SELECT has_table_privilege(?, ?)", name, privilege)
                        .equals("t");
            }
            if (!all) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            findings.add(Finding.error(
                    "mapped tables",
                    missing.size() + " of " + tables.size() + " without a privilege",
                    needed,
                    "GRANT " + needed + " ON " + String.join(", ", missing) + " TO " + quoted(target.username())
                            + ";"));
        } else if (!tables.isEmpty()) {
            findings.add(Finding.ok("mapped tables", "granted on " + tables.size() + " tables", needed));
        }
        return findings;
    }

    private String database() {
        return Objects.requireNonNullElse(target.database(), "");
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String ask(Connection connection, String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return Objects.requireNonNullElse(result.getString(1), "");
            }
        }
    }
}
