package dev.sluice.admin.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.connection.ServerVersion;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceVariablesTest {
    private static final ServerVersion MYSQL = new ServerVersion(DataSource.Kind.MYSQL, 8, 0, 15);
    private static final ServerVersion MARIADB = new ServerVersion(DataSource.Kind.MARIADB, 10, 5, 8);

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "log_bin", "ON",
            "binlog_format", "ROW",
            "binlog_row_image", "FULL",
            "binlog_row_metadata", "FULL",
            "binlog_order_commits", "ON",
            "gtid_mode", "ON",
            "server_id", "7",
            "binlog_expire_logs_seconds", "2592000"));

    @ParameterizedTest
    @CsvSource({
        "log_bin,OFF,ERROR",
        "binlog_format,MIXED,ERROR",
        "binlog_row_image,NOBLOB,ERROR",
        "binlog_row_metadata,MINIMAL,WARNING",
        "binlog_order_commits,OFF,WARNING",
        "gtid_mode,OFF_PERMISSIVE,WARNING",
        "server_id,0,ERROR",
        "binlog_expire_logs_seconds,3600,WARNING",
        "binlog_expire_logs_seconds,0,OK",
        "log_bin,1,OK",
    })
    void judges(String name, String value, Finding.Severity severity) {
        variables.put(name, value);
        assertThat(finding(name, MYSQL, null).severity()).isEqualTo(severity);
        assertThat(new SourceVariables(new ServerVariables(variables), MYSQL).check(null))
                .filteredOn(finding -> !finding.name().equals(name))
                .allMatch(finding -> finding.severity() == Finding.Severity.OK);
    }

    @Test
    void asksForSelectWhereMetadataIsUnknown() {
        variables.remove("binlog_row_metadata");
        Finding finding = finding("binlog_row_metadata", new ServerVersion(DataSource.Kind.MYSQL, 5, 7, 22), null);
        assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
        assertThat(finding.found()).isEqualTo("not known to MySQL 5.7.22");
        assertThat(finding.fix()).contains("SELECT");
    }

    @Test
    void refusesAServerIdThatTheCaptureHasToo() {
        CaptureSettings capture =
                new CaptureSettings(CaptureSettings.fromNow().start(), 7, 1_000_000_000, Duration.ofDays(7));
        assertThat(finding("server_id", MYSQL, capture).severity()).isEqualTo(Finding.Severity.ERROR);
    }

    @Test
    void countsRetentionInDaysWhereThereIsNoOther() {
        variables.remove("binlog_expire_logs_seconds");
        variables.put("expire_logs_days", "10");
        assertThat(finding("expire_logs_days", MARIADB, null).found()).isEqualTo("240 hours");
    }

    @Test
    void doesNotAskMariaDbForWhatOnlyMySqlHas() {
        assertThat(new SourceVariables(new ServerVariables(variables), MARIADB).check(null))
                .extracting(Finding::name)
                .doesNotContain("gtid_mode", "binlog_order_commits");
    }

    private Finding finding(
            String name, ServerVersion version, @org.jspecify.annotations.Nullable CaptureSettings capture) {
        return new SourceVariables(new ServerVariables(variables), version)
                .check(capture).stream()
                        .filter(finding -> finding.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }
}
