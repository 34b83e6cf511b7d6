package dev.sluice.admin.precheck;

import dev.sluice.admin.connection.ServerVersion;
import dev.sluice.change.config.DataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a database can be written to. */
final class TargetPrecheck {
    /** Where the watermark table lives, in the target itself. */
    private static final String OWN_SCHEMA = "sluice";

    private static final List<String> ROWS = List.of("SELECT", "INSERT", "UPDATE", "DELETE");
    private static final long LARGE_PACKET = 64L << 20;

    private final DataSource target;
    private final MappedTables mapped;

    TargetPrecheck(DataSource target, MappedTables mapped) {
        this.target = target;
        this.mapped = mapped;
    }

    List<Finding> check(Connection connection, ServerVersion version) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        ServerVariables variables = ServerVariables.of(connection);
        findings.add(readOnly(variables));
        Grants grants = Grants.of(connection, version.kind());
        findings.add(ownSchema(grants));
        List<MappedTables.Table> tables = mapped.existing(connection);
        findings.addAll(rows(grants, tables));
        findings.add(flush(variables));
        findings.add(packet(variables));
        findings.addAll(PrimaryKeys.check(
                mapped, tables, "without one a row that comes twice cannot be recognised at the target"));
        return findings;
    }

    private static Finding readOnly(ServerVariables variables) {
        return variables.isOn("read_only") || variables.isOn("super_read_only")
                ? Finding.error("read_only", "ON", "OFF", "SET GLOBAL read_only=OFF; or choose the writable server")
                : Finding.ok("read_only", "OFF", "OFF");
    }

    private Finding ownSchema(Grants grants) {
        String needed = "may create and use schema " + OWN_SCHEMA;
        String missing = Stream.concat(Stream.of("CREATE"), ROWS.stream())
                .filter(privilege -> !grants.onSchema(privilege, OWN_SCHEMA))
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Finding.ok("schema " + OWN_SCHEMA, "granted", needed)
                : Finding.error(
                        "schema " + OWN_SCHEMA,
                        missing + " missing",
                        needed,
                        "GRANT " + missing + " ON `" + OWN_SCHEMA + "`.* TO '" + target.username()
                                + "'@'%'; the watermarks are kept there");
    }

    private List<Finding> rows(Grants grants, List<MappedTables.Table> tables) {
        String needed = String.join(", ", ROWS);
        if (mapped.isEmpty()) {
            return ROWS.stream().allMatch(grants::globally)
                    ? List.of(Finding.ok("mapped schemas", "granted on all schemas", needed))
                    : List.of(Finding.warning(
                            "mapped schemas",
                            "not granted on all schemas",
                            needed,
                            "no pipeline writes here yet; look again when one does"));
        }
        List<Finding> findings = new ArrayList<>();
        Stream.concat(mapped.schemas().stream(), tables.stream().map(MappedTables.Table::schema))
                .distinct()
                .forEach(schema -> findings.add(rowsOf(grants, schema, tables)));
        return findings;
    }

    private Finding rowsOf(Grants grants, String schema, List<MappedTables.Table> tables) {
        List<String> names = tables.stream()
                .filter(table -> table.schema().equals(schema))
                .map(MappedTables.Table::name)
                .toList();
        boolean makesTables = mapped.makesTablesIn(schema);
        String needed = String.join(", ", ROWS) + (makesTables ? ", CREATE" : "");
        String missing = Stream.concat(
                        ROWS.stream()
                                .filter(privilege -> names.isEmpty()
                                        || names.stream().anyMatch(table -> !grants.onTable(privilege, schema, table))),
                        makesTables ? Stream.of("CREATE") : Stream.of())
                .filter(privilege -> !grants.onSchema(privilege, schema))
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Finding.ok("schema " + schema, "granted", needed)
                : Finding.error(
                        "schema " + schema,
                        missing + " missing",
                        needed,
                        "GRANT " + missing + " ON `" + schema + "`.* TO '" + target.username() + "'@'%';");
    }

    /** The broker forgets a row when the target has committed it, so that commit must be on disk. */
    private static Finding flush(ServerVariables variables) {
        String name = "innodb_flush_log_at_trx_commit";
        String found = variables.find(name).orElse("missing");
        return found.equals("1")
                ? Finding.ok(name, found, "1")
                : Finding.warning(
                        name,
                        found,
                        "1",
                        "SET GLOBAL " + name + "=1; otherwise a power loss at the target may take the last second of"
                                + " rows, which are not sent again");
    }

    private static Finding packet(ServerVariables variables) {
        long bytes = variables.number("max_allowed_packet");
        String needed = "at least " + (LARGE_PACKET >> 20) + " MB";
        return bytes >= LARGE_PACKET
                ? Finding.ok("max_allowed_packet", (bytes >> 20) + " MB", needed)
                : Finding.warning(
                        "max_allowed_packet",
                        (bytes >> 20) + " MB",
                        needed,
                        "SET GLOBAL max_allowed_packet=" + LARGE_PACKET + "; larger rows would be refused");
    }
}
