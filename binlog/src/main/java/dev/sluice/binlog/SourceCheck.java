package dev.sluice.binlog;

import dev.sluice.binlog.protocol.ResultRows;
import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks whether a source is set up so that its binary log can be read faithfully, and says how to fix what is not. */
public final class SourceCheck {
    private static final long DAY_SECONDS = 86_400;
    private static final String MISSING = "missing";

    private final SourceConnection connection;
    private final List<Finding> findings = new ArrayList<>();

    private SourceCheck(SourceConnection connection) {
        this.connection = connection;
    }

    /** Connects and checks everything; throws only if there is no connection. */
    public static List<Finding> run(SourceAddress address, Duration timeout) throws IOException {
        try (SourceConnection connection = SourceConnection.open(address, timeout)) {
            return run(connection);
        }
    }

    static List<Finding> run(SourceConnection connection) throws IOException {
        SourceCheck check = new SourceCheck(connection);
        check.version();
        check.required("log_bin", "ON", Set.of("ON", "1"), "start the server with log_bin");
        check.required("binlog_format", "ROW", Set.of("ROW"), set("binlog_format", "ROW"));
        check.rowImage();
        check.rowMetadata();
        check.serverId();
        check.privileges();
        check.partialJson();
        check.commitOrder();
        check.gtidMode();
        check.retention();
        return List.copyOf(check.findings);
    }

    private void version() {
        ServerVersion version = connection.version();
        boolean ok = version.mariaDb() ? version.atLeast(10, 5, 0) : version.atLeast(5, 7, 0);
        add(
                "version",
                version.flavour() + " " + version.text(),
                "MySQL 5.7 or MariaDB 10.5",
                ok ? "" : "upgrade the server",
                ok ? Finding.Severity.OK : Finding.Severity.ERROR);
    }

    private void rowImage() throws IOException {
        String found = variable("binlog_row_image").toUpperCase(Locale.ROOT);
        // FULL_NODUP of MariaDB 11.4 leaves out of the second image what the first one has
        boolean whole = found.equals("FULL") || found.equals("FULL_NODUP");
        boolean readable = whole || found.equals("MINIMAL") || found.equals("NOBLOB");
        add(
                "binlog_row_image",
                found,
                "FULL where rows go to a cache as JSON, and where primary keys of tables spread over partitions change",
                whole ? "" : set("binlog_row_image", "FULL"),
                whole ? Finding.Severity.OK : readable ? Finding.Severity.WARNING : Finding.Severity.ERROR);
    }

    /** Without it the names of columns and more come from information_schema and from the DDL that follows. */
    private void rowMetadata() throws IOException {
        String found = variable("binlog_row_metadata");
        boolean ok = found.equalsIgnoreCase("FULL");
        add(
                "binlog_row_metadata",
                found,
                "FULL, so that the log itself says what its rows are; else SELECT on every captured table",
                ok ? "" : set("binlog_row_metadata", "FULL") + " (MySQL 8.0.1 or MariaDB 10.5 and later)",
                ok ? Finding.Severity.OK : Finding.Severity.WARNING);
    }

    private void required(String setting, String needed, Set<String> good, String fix) throws IOException {
        String found = variable(setting);
        boolean ok = good.contains(found.toUpperCase(Locale.ROOT));
        add(setting, found, needed, ok ? "" : fix, ok ? Finding.Severity.OK : Finding.Severity.ERROR);
    }

    private void serverId() throws IOException {
        String found = variable("server_id");
        boolean ok = !found.equals("0");
        add(
                "server_id",
                found,
                "not 0",
                ok ? "" : "SET GLOBAL server_id=1, and put it into the configuration file",
                ok ? Finding.Severity.OK : Finding.Severity.ERROR);
    }

    /** Changes of JSON documents can be carried out where the row before holds the document. */
    private void partialJson() throws IOException {
        String found = variable("binlog_row_value_options");
        if (!found.isEmpty() && !found.equals(MISSING)) {
            boolean whole = variable("binlog_row_image").equalsIgnoreCase("FULL");
            add(
                    "binlog_row_value_options",
                    found,
                    "empty, or PARTIAL_JSON with binlog_row_image FULL",
                    whole ? "" : set("binlog_row_value_options", "''"),
                    whole ? Finding.Severity.OK : Finding.Severity.ERROR);
        }
    }

    private void commitOrder() throws IOException {
        String found = variable("binlog_order_commits");
        if (!found.equals(MISSING)) {
            boolean ok = found.equalsIgnoreCase("ON");
            add(
                    "binlog_order_commits",
                    found,
                    "ON for snapshots",
                    ok ? "" : set("binlog_order_commits", "ON"),
                    ok ? Finding.Severity.OK : Finding.Severity.WARNING);
        }
    }

    private void gtidMode() throws IOException {
        if (connection.version().mariaDb()) {
            add("gtid_mode", "always on", "on", "", Finding.Severity.OK);
            return;
        }
        String found = variable("gtid_mode");
        boolean ok = found.equalsIgnoreCase("ON");
        add(
                "gtid_mode",
                found,
                "ON to follow a failover of the source",
                ok
                        ? ""
                        : "switch gtid_mode on step by step, see the MySQL manual, section \"Enabling GTID Transactions Online\"",
                ok ? Finding.Severity.OK : Finding.Severity.WARNING);
    }

    private void retention() throws IOException {
        String seconds = variable("binlog_expire_logs_seconds");
        String days = variable("expire_logs_days");
        double kept = number(seconds) + number(days) * DAY_SECONDS;
        boolean ok = kept == 0 || kept >= DAY_SECONDS;
        boolean bySeconds = !seconds.equals(MISSING);
        add(
                bySeconds ? "binlog_expire_logs_seconds" : "expire_logs_days",
                bySeconds ? seconds : days,
                "a day or more (0 keeps everything)",
                ok ? "" : "SET GLOBAL " + (bySeconds ? "binlog_expire_logs_seconds=259200" : "expire_logs_days=3"),
                ok ? Finding.Severity.OK : Finding.Severity.WARNING);
    }

    private void privileges() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Map<String, ?> row : connection.query("SHOW GRANTS").rows()) {
            for (Object value : row.values()) {
                String grant = String.valueOf(value).toUpperCase(Locale.ROOT);
                if (grant.contains(" ON *.* ")) {
                    all.append(grant, 0, grant.indexOf(" ON *.* ")).append(',');
                }
            }
        }
        String granted = all.toString();
        boolean everything = granted.contains("GRANT ALL PRIVILEGES");
        boolean mariaDb = connection.version().mariaDb();
        // MariaDB 10.5 renamed REPLICATION CLIENT; SUPER stood for both before
        boolean client = everything
                || granted.contains("REPLICATION CLIENT")
                || granted.contains("BINLOG MONITOR")
                || granted.contains("SUPER");
        boolean slave = everything || granted.contains("REPLICATION SLAVE") || granted.contains("REPLICATION REPLICA");
        privilege("REPLICATION SLAVE", slave);
        privilege(mariaDb ? "BINLOG MONITOR" : "REPLICATION CLIENT", client);
    }

    private void privilege(String name, boolean there) {
        add(
                "privilege " + name,
                there ? "granted" : "missing",
                "granted",
                there
                        ? ""
                        : "GRANT " + name + " ON *.* TO '"
                                + connection.address().user() + "'@'...'",
                there ? Finding.Severity.OK : Finding.Severity.ERROR);
    }

    private String variable(String name) throws IOException {
        try {
            ResultRows rows = connection.query("SHOW GLOBAL VARIABLES LIKE '" + name + "'");
            return rows.first("value").orElse(MISSING);
        } catch (ServerError e) {
            return "unreadable (" + e.getMessage() + ")";
        }
    }

    private static double number(String text) {
        return text.matches("[0-9.]+") ? Double.parseDouble(text) : 0;
    }

    private static String set(String name, String value) {
        return "SET GLOBAL " + name + "=" + value
                + ", put it into the configuration file too, and let clients reconnect";
    }

    private void add(String setting, String found, String needed, String fix, Finding.Severity severity) {
        findings.add(new Finding(setting, found, needed, fix, severity));
    }
}
