package dev.sluice.admin.precheck;

import dev.sluice.admin.connection.ServerVersion;
import dev.sluice.change.config.DataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a server can be captured. */
final class SourcePrecheck {
    private final DataSource source;
    private final MappedTables mapped;

    SourcePrecheck(DataSource source, MappedTables mapped) {
        this.source = source;
        this.mapped = mapped;
    }

    List<Finding> check(Connection connection, ServerVersion version) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(new SourceVariables(ServerVariables.of(connection), version).check(source.capture()));
        Grants grants = Grants.of(connection, version.kind());
        findings.add(privilege(
                "REPLICATION SLAVE",
                "REPLICATION SLAVE",
                grants.globally("REPLICATION SLAVE") || grants.globally("REPLICATION REPLICA")));
        // SHOW BINARY LOG STATUS asks for it; MariaDB 10.5 renamed it
        findings.add(privilege(
                "REPLICATION CLIENT",
                version.kind() == DataSource.Kind.MARIADB ? "BINLOG MONITOR" : "REPLICATION CLIENT",
                grants.globally("REPLICATION CLIENT")
                        || grants.globally("BINLOG MONITOR")
                        || grants.globally("SUPER")));
        List<MappedTables.Table> tables = mapped.existing(connection);
        findings.add(select(grants, tables));
        findings.addAll(new WrittenTables(source, grants).check(connection));
        findings.addAll(PrimaryKeys.check(
                mapped, tables, "changes to such a table are ordered and found again by whole rows only"));
        return findings;
    }

    private Finding privilege(String name, String grant, boolean held) {
        return held
                ? Finding.ok(name, "granted", "granted")
                : Finding.error(
                        name, "missing", "granted", "GRANT " + grant + " ON *.* TO '" + source.username() + "'@'%';");
    }

    private Finding select(Grants grants, List<MappedTables.Table> tables) {
        if (grants.globally("SELECT")) {
            return Finding.ok("SELECT", "granted on all schemas", "granted on the mapped tables");
        }
        String missing = mapped.schemas().stream()
                .filter(schema -> !grants.onSchema("SELECT", schema))
                .filter(schema ->
                        tables.stream().noneMatch(table -> table.schema().equals(schema))
                                || tables.stream()
                                        .filter(table -> table.schema().equals(schema))
                                        .anyMatch(table -> !grants.onTable("SELECT", schema, table.name())))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            return Finding.error(
                    "SELECT",
                    "missing on " + missing,
                    "granted on the mapped tables",
                    "GRANT SELECT ON schema.* TO '" + source.username() + "'@'%'; for each of " + missing);
        }
        return mapped.isEmpty()
                ? Finding.warning(
                        "SELECT",
                        "not granted on all schemas",
                        "granted on the mapped tables",
                        "no pipeline reads from here yet; look again when one does")
                : Finding.ok("SELECT", "granted on the mapped tables", "granted on the mapped tables");
    }
}
