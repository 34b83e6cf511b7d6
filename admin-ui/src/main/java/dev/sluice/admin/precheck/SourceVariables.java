package dev.sluice.admin.precheck;

import dev.sluice.admin.connection.ServerVersion;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the variables of a source must be, after the
 * <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html">MySQL</a> and
 * <a href="https://mariadb.com/docs/server/ha-and-performance/standard-replication/replication-and-binary-log-system-variables">MariaDB</a>
 * manuals.
 */
final class SourceVariables {
    private static final Duration SHORT_RETENTION = Duration.ofDays(1);

    private final ServerVariables variables;
    private final ServerVersion version;
    private final List<Finding> findings = new ArrayList<>();

    SourceVariables(ServerVariables variables, ServerVersion version) {
        this.variables = variables;
        this.version = version;
    }

    List<Finding> check(@Nullable CaptureSettings capture) {
        must("log_bin", "ON", "set log_bin=mysql-bin under [mysqld] in the server's configuration file and restart it");
        must(
                "binlog_format",
                "ROW",
                "SET GLOBAL binlog_format=ROW; then end the sessions that are open, and set it"
                        + " in the configuration file too");
        must(
                "binlog_row_image",
                "FULL",
                "SET GLOBAL binlog_row_image=FULL; then end the sessions that are open, and"
                        + " set it in the configuration file too");
        rowMetadata();
        if (version.kind() == DataSource.Kind.MYSQL) {
            should("binlog_order_commits", "ON", "SET GLOBAL binlog_order_commits=ON; snapshots need it");
            should(
                    "gtid_mode",
                    "ON",
                    "turn on gtid_mode and enforce_gtid_consistency, so that a capture finds its"
                            + " place after a failover to another server");
        }
        serverId(capture);
        retention();
        return findings;
    }

    /** Without it the capture looks tables up and follows DDL. */
    private void rowMetadata() {
        String needed = "FULL, so that the binary log itself names the columns";
        Optional<String> found = variables.find("binlog_row_metadata");
        if (found.filter("FULL"::equalsIgnoreCase).isPresent()) {
            findings.add(Finding.ok("binlog_row_metadata", "FULL", needed));
            return;
        }
        findings.add(Finding.warning(
                "binlog_row_metadata",
                found.orElse("not known to " + version),
                needed,
                found.isPresent()
                        ? "SET GLOBAL binlog_row_metadata=FULL; and set it in the configuration file too. Else grant SELECT"
                                + " on every captured table"
                        : "grant SELECT on every captured table; MySQL 8.0.1 and MariaDB 10.5 or later can log names"));
    }

    private void serverId(@Nullable CaptureSettings capture) {
        long id = variables.number("server_id");
        if (id == 0) {
            findings.add(Finding.error(
                    "server_id",
                    "0",
                    "not 0",
                    "SET GLOBAL server_id=1; or another number that no other server of the topology has"));
        } else if (capture != null && capture.serverId() == id) {
            findings.add(Finding.error(
                    "server_id",
                    String.valueOf(id),
                    "another than the capture's serverId",
                    "give the data source another capture.serverId, or 0 to have one derived"));
        } else {
            findings.add(Finding.ok("server_id", String.valueOf(id), "not 0"));
        }
    }

    private void retention() {
        long seconds = variables.number("binlog_expire_logs_seconds");
        long days = variables.number("expire_logs_days");
        Duration kept = seconds > 0 ? Duration.ofSeconds(seconds) : Duration.ofDays(days);
        String name = variables.find("binlog_expire_logs_seconds").isPresent()
                ? "binlog_expire_logs_seconds"
                : "expire_logs_days";
        String needed = "at least " + SHORT_RETENTION.toHours() + " hours, or 0 for ever";
        String found = kept.isZero() ? "for ever" : kept.toHours() + " hours";
        if (!kept.isZero() && kept.compareTo(SHORT_RETENTION) < 0) {
            findings.add(Finding.warning(
                    name,
                    found,
                    needed,
                    "SET GLOBAL " + name + "=" + (name.equals("expire_logs_days") ? "3" : "259200")
                            + "; what is deleted before it was captured cannot be captured"));
        } else {
            findings.add(Finding.ok(name, found, needed));
        }
    }

    private void must(String name, String needed, String fix) {
        compare(name, needed, fix, Finding.Severity.ERROR);
    }

    private void should(String name, String needed, String fix) {
        compare(name, needed, fix, Finding.Severity.WARNING);
    }

    private void compare(String name, String needed, String fix, Finding.Severity otherwise) {
        Optional<String> found = variables.find(name);
        boolean right =
                found.filter(needed::equalsIgnoreCase).isPresent() || needed.equals("ON") && variables.isOn(name);
        findings.add(
                right
                        ? Finding.ok(name, needed, needed)
                        : new Finding(name, found.orElse("missing"), needed, otherwise, fix));
    }
}
