package dev.sluice.admin.precheck;

import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the tables at a source that a capture writes to, heartbeats and requests of single rows, are open to it. */
final class WrittenTables {
    private static final String HEARTBEATS = "sluice.sluice_heartbeat";
    private static final List<String> FOR_HEARTBEATS = List.of("SELECT", "INSERT", "UPDATE");
    private static final List<String> FOR_REQUESTS = List.of("SELECT", "DELETE");

    private final DataSource source;
    private final Grants grants;

    WrittenTables(DataSource source, Grants grants) {
        this.source = source;
        this.grants = grants;
    }

    List<Finding> check(Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        CaptureSettings capture = source.capture();
        if (capture != null && capture.heartbeat() != null) {
            findings.add(heartbeats(isThere(connection, HEARTBEATS)));
        }
        String requests = capture == null ? null : capture.retlBuffer();
        if (requests != null) {
            findings.add(requests(requests, isThere(connection, requests)));
        }
        return findings;
    }

    private Finding heartbeats(boolean there) {
        List<String> missing = missing(HEARTBEATS, FOR_HEARTBEATS);
        if (!there && !grants.onSchema("CREATE", "sluice")) {
            missing.add(0, "CREATE");
        }
        return finding("capture.heartbeat", missing, FOR_HEARTBEATS, "sluice.*", null);
    }

    private Finding requests(String table, boolean there) {
        String quoted = Arrays.stream(table.split("\\.", 2))
                .map(part -> "`" + part.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
        String absent = there ? null : "no table " + table + " that the account may see";
        return finding("capture.retlBuffer", missing(table, FOR_REQUESTS), FOR_REQUESTS, quoted, absent);
    }

    private Finding finding(
            String name, List<String> missing, List<String> needed, String on, @Nullable String absent) {
        String all = String.join(", ", needed) + " on " + on;
        if (missing.isEmpty() && absent == null) {
            return Finding.ok(name, "granted", all);
        }
        String create = absent == null ? "" : "create the table as docs/operations.md has it; ";
        String grant = missing.isEmpty()
                ? ""
                : "GRANT " + String.join(", ", missing) + " ON " + on + " TO '" + source.username() + "'@'%';";
        String found = missing.isEmpty() ? String.valueOf(absent) : "missing " + String.join(", ", missing);
        return Finding.error(name, found, all, create + grant);
    }

    private List<String> missing(String table, List<String> privileges) {
        int dot = table.indexOf('.');
        return privileges.stream()
                .filter(privilege -> !grants.onTable(privilege, table.substring(0, dot), table.substring(dot + 1)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean isThere(Connection connection, String table) throws SQLException {
        int dot = table.indexOf('.');
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = ? AND table_name = ?")) {
            statement.setString(1, table.substring(0, dot));
            statement.setString(2, table.substring(dot + 1));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) > 0;
            }
        }
    }
}
