package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that is not set up right is refused with the setting and its fix. */
class SourceCheckIT {
    private static MySqlServer own;

    @BeforeAll
    static void start() {
        own = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    @ParameterizedTest
    @EnumSource(TestSource.class)
    void aGoodSourceHasNoErrors(TestSource source) throws Exception {
        assumeTrue(source.available());
        List<Finding> findings = SourceCheck.run(TestSource.address(source.server()), Duration.ofSeconds(30));
        assertThat(findings).noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        assertThat(findings)
                .extracting(Finding::setting)
                .contains(
                        "version",
                        "log_bin",
                        "binlog_format",
                        "binlog_row_image",
                        "binlog_row_metadata",
                        "server_id",
                        "gtid_mode",
                        "privilege REPLICATION SLAVE");
    }

    @Test
    void aWrongSettingIsRefusedWithItsFix() throws Exception {
        FilePosition start = TestSource.positions(own).current();
        own.execute("SET GLOBAL binlog_format='STATEMENT'");
        try {
            assertThatThrownBy(() -> BinlogReader.open(TestSource.options(own), start))
                    .isInstanceOf(SourceNotReady.class)
                    .hasMessageContaining("binlog_format is STATEMENT")
                    .hasMessageContaining("SET GLOBAL binlog_format=");
        } finally {
            own.execute("SET GLOBAL binlog_format='ROW'");
        }
        BinlogReader.open(TestSource.options(own), start).close();
    }

    @Test
    void fullRowMetadataIsRecommended() throws Exception {
        own.execute("SET GLOBAL binlog_row_metadata=MINIMAL");
        try {
            assertThat(SourceCheck.run(TestSource.address(own), Duration.ofSeconds(30)))
                    .filteredOn(finding -> finding.setting().equals("binlog_row_metadata"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                        assertThat(finding.needed()).contains("SELECT");
                        assertThat(finding.fix()).contains("SET GLOBAL binlog_row_metadata=FULL");
                    });
        } finally {
            own.execute("SET GLOBAL binlog_row_metadata=FULL");
        }
    }

    @Test
    void changesOfDocumentsNeedTheDocumentBefore() throws Exception {
        FilePosition start = TestSource.positions(own).current();
        own.execute("SET GLOBAL binlog_row_value_options=PARTIAL_JSON");
        try {
            BinlogReader.open(TestSource.options(own), start).close();
            own.execute("SET GLOBAL binlog_row_image=MINIMAL");
            assertThatThrownBy(() -> BinlogReader.open(TestSource.options(own), start))
                    .isInstanceOf(SourceNotReady.class)
                    .hasMessageContaining("binlog_row_value_options is PARTIAL_JSON");
        } finally {
            own.execute("SET GLOBAL binlog_row_value_options=''", "SET GLOBAL binlog_row_image=FULL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MINIMAL", "NOBLOB"})
    void rowsThatLackColumnsAreWarnedOf(String image) throws Exception {
        own.execute("SET GLOBAL binlog_row_image=" + image);
        try {
            assertThat(SourceCheck.run(TestSource.address(own), Duration.ofSeconds(30)))
                    .filteredOn(finding -> finding.setting().equals("binlog_row_image"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                        assertThat(finding.needed()).contains("cache");
                        assertThat(finding.fix()).contains("SET GLOBAL binlog_row_image=FULL");
                    });
        } finally {
            own.execute("SET GLOBAL binlog_row_image=FULL");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_8_0", "MARIADB_10_11"})
    void missingPrivilegesAreRefusedWithTheGrant(TestSource source) throws Exception {
        DatabaseServer server = source.server();
        String user = "p" + Long.toHexString(System.nanoTime());
        server.execute("CREATE USER '" + user + "'@'%' IDENTIFIED BY 'x'");
        SourceAddress address = new SourceAddress(server.host(), server.port(), user, "x", TlsOptions.preferred());
        FilePosition start = TestSource.positions(server).current();
        String client = source.isMariaDb() ? "BINLOG MONITOR" : "REPLICATION CLIENT";
        assertThatThrownBy(() -> BinlogReader.open(TestSource.options(address), start))
                .isInstanceOf(SourceNotReady.class)
                .hasMessageContaining("GRANT REPLICATION SLAVE ON *.* TO '" + user + "'")
                .hasMessageContaining("GRANT " + client);
        server.execute(
                "GRANT REPLICATION SLAVE ON *.* TO '" + user + "'@'%'",
                "GRANT " + client + " ON *.* TO '" + user + "'@'%'");
        BinlogReader.open(TestSource.options(address), start).close();
    }

    @Test
    void aServerWithoutBinaryLogIsRefused() {
        try (MySqlServer server = MySqlServer.start(
                MySqlVersion.V8_0_15,
                ServerOptions.defaults().with("--skip-log-bin", "--gtid-mode=OFF", "--enforce-gtid-consistency=OFF"))) {
            assertThatThrownBy(() -> BinlogReader.open(TestSource.options(server), new FilePosition("x.000001", 4)))
                    .isInstanceOf(SourceNotReady.class)
                    .hasMessageContaining("log_bin is OFF");
        }
    }

    @Test
    void rowsLoggedWithoutTheNeededSettingsStopTheReader() throws Exception {
        String schema = Databases.create(own);
        own.execute("CREATE TABLE " + schema + ".s (id INT PRIMARY KEY, a INT, b INT)");
        FilePosition beforeMetadata = TestSource.positions(own).current();
        own.execute(
                "SET GLOBAL binlog_row_metadata=MINIMAL",
                "INSERT INTO " + schema + ".s VALUES (1,1,1)",
                "SET GLOBAL binlog_row_metadata=FULL");
        assertStops(schema, beforeMetadata, "SET GLOBAL binlog_row_metadata=FULL");

        FilePosition beforeFormat = TestSource.positions(own).current();
        own.execute("SET SESSION binlog_format=STATEMENT", "UPDATE " + schema + ".s SET a=3 WHERE id=1");
        assertStops(schema, beforeFormat, "binlog_format=ROW");

        FilePosition beforeJson = TestSource.positions(own).current();
        own.execute(
                "CREATE TABLE " + schema + ".j (id INT PRIMARY KEY, j JSON)",
                "INSERT INTO " + schema + ".j VALUES (1, '{\"a\":1,\"b\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}')",
                "SET SESSION binlog_row_value_options=PARTIAL_JSON",
                "SET SESSION binlog_row_image=MINIMAL",
                "UPDATE " + schema + ".j SET j=JSON_SET(j,'$.a',2)");
        assertStops(schema, beforeJson, "binlog_row_value_options");
    }

    @Test
    void aPurgedPositionIsTold() throws Exception {
        FilePosition start = TestSource.positions(own).current();
        String schema = Databases.create(own);
        own.execute("CREATE TABLE " + schema + ".p (id INT)", "FLUSH BINARY LOGS", "FLUSH BINARY LOGS");
        own.execute(
                "PURGE BINARY LOGS TO '" + TestSource.positions(own).current().file() + "'");
        assertThatThrownBy(() -> BinlogReader.open(TestSource.options(own), start))
                .isInstanceOf(PositionPurged.class)
                .hasMessageContaining(start.toString())
                .hasMessageContaining("snapshot");
        assertThatThrownBy(() -> BinlogReader.open(TestSource.options(own), new GtidPosition("")))
                .isInstanceOf(PositionPurged.class);

        DatabaseServer maria = TestSource.MARIADB_10_11.server();
        SourcePositions mariaBefore = TestSource.positions(maria);
        FilePosition mariaStart = mariaBefore.current();
        maria.execute("CREATE DATABASE IF NOT EXISTS " + schema);
        // MariaDB keeps a file that the connection of a reader is at which it has not noticed to be gone
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            maria.execute("FLUSH BINARY LOGS");
            maria.execute("PURGE BINARY LOGS TO '"
                    + TestSource.positions(maria).current().file() + "'");
            assertThatThrownBy(() -> BinlogReader.open(TestSource.options(maria), mariaStart))
                    .isInstanceOf(PositionPurged.class);
        });
        assertThatThrownBy(() ->
                        BinlogReader.open(TestSource.options(maria), new GtidPosition(mariaBefore.executedGtids())))
                .isInstanceOf(PositionPurged.class);
    }

    @Test
    void aPositionTheSourceNeverHadIsTold() throws Exception {
        SourcePositions now = TestSource.positions(own);
        FilePosition beyond =
                new FilePosition(now.current().file(), now.current().offset() + 100_000_000);
        GtidSet more = GtidSet.parse(now.executedGtids());
        more.add(now.executedGtids().split(":")[0] + ":99999999");
        for (BinlogPosition position : List.of(beyond, new GtidPosition(more.toString()))) {
            assertThatThrownBy(() -> BinlogReader.open(TestSource.options(own), position))
                    .isInstanceOf(PositionUnknown.class)
                    .hasMessageContaining(position.toString());
        }
    }

    private static void assertStops(String schema, FilePosition start, String fix) throws Exception {
        try (BinlogReader reader = BinlogReader.open(TestSource.options(own), start)) {
            Collected found = new Collected(schema);
            assertThatThrownBy(() -> found.readUntil(reader, () -> false))
                    .isInstanceOf(BinlogFormatException.class)
                    .hasMessageContaining(fix);
        }
    }
}
