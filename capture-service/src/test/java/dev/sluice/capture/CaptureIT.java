package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.State;
import dev.sluice.change.status.StatusCodec;
import dev.sluice.testsupport.servers.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaptureIT {
    private final MySqlServer mysql = TestServers.mysql();
    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private final DataSource source = TestServers.source(name, mysql);
    private CaptureInstance instance;

    @BeforeEach
    void start() throws Exception {
        mysql.execute("CREATE DATABASE " + schema);
        instance = TestServers.startInstance(TestServers.connections(), "one");
        TestServers.configure(source);
        await().atMost(TestServers.LIMIT).until(() -> state() == State.RUNNING);
    }

    @AfterEach
    void stop() {
        instance.stop();
        mysql.execute("DROP DATABASE " + schema);
    }

    @Test
    void rowsArriveWithTheValuesThatSelectSays() throws Exception {
        mysql.execute(
                "CREATE TABLE " + schema
                        + ".kinds (id BIGINT UNSIGNED PRIMARY KEY, n DECIMAL(20,6), t VARCHAR(100) CHARACTER"
                        + " SET utf8mb4, d DATETIME(6), ts TIMESTAMP(3) NULL, b BLOB, i TINYINT, e ENUM('x','y'), x DATE)",
                "INSERT INTO " + schema
                        + ".kinds VALUES (18446744073709551615, -12345.678900, 'Grüße \"\\\\\\n😀', '2026-11-21"
                        + " 01:02:03.000004', '2026-01-02 03:04:05.678', x'00ff10', -7, 'y', '1999-12-31')",
                "INSERT INTO " + schema + ".kinds (id) VALUES (1)");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".kinds", 2);
            List<List<@Nullable String>> captured = log.rows(schema + ".kinds").stream()
                    .map(LogReader.Entry::cells)
                    .toList();
            assertThat(captured).isEqualTo(select("SELECT * FROM " + schema + ".kinds ORDER BY id DESC"));
            assertThat(log.entries())
                    .anySatisfy(entry -> assertThat(entry.sql()).contains("CREATE TABLE"));
            log.assertTransactionsAreWhole();
        }
        CaptureStatus status = status();
        assertThat(status.seq()).isGreaterThanOrEqualTo(3);
        assertThat(status.commitMicros()).isPositive();
        assertThat(status.file()).startsWith("mysql-bin");
        assertThat(status.gtid()).contains(":");
    }

    @Test
    void updatesAndDeletesTellWhatWasThere() throws Exception {
        mysql.execute(
                "CREATE TABLE " + schema + ".k (id INT PRIMARY KEY, u VARCHAR(20) UNIQUE, v INT)",
                "INSERT INTO " + schema + ".k VALUES (1, 'a', 1), (2, NULL, 2)",
                "UPDATE " + schema + ".k SET v = v + 10",
                "UPDATE " + schema + ".k SET id = 3 WHERE id = 1",
                "UPDATE " + schema + ".k SET u = 'b' WHERE id = 2",
                "DELETE FROM " + schema + ".k WHERE id = 3");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".k", 7);
            List<LogReader.Entry> rows = log.rows(schema + ".k");
            assertThat(rows)
                    .extracting(LogReader.Entry::op)
                    .containsExactly(
                            RowOp.INSERT,
                            RowOp.INSERT,
                            RowOp.UPDATE,
                            RowOp.UPDATE,
                            RowOp.UPDATE,
                            RowOp.UPDATE,
                            RowOp.DELETE);
            assertThat(rows.get(6).cells()).containsExactly("3", "a", "11");
            assertThat(rows.get(6).key())
                    .isEqualTo(rows.get(4).key())
                    .isNotEqualTo(rows.get(0).key());
            assertThat(rows.get(0).table().unique()).containsExactly(List.of(1));
            assertThat(rows.get(0).table().key()).containsExactly(0);
        }
    }

    @Test
    void rowsOfATransactionThatAnApplyServiceBeganCarryItsOrigin() throws Exception {
        mysql.execute(
                "CREATE TABLE " + schema
                        + ".sluice_watermark (pipeline VARCHAR(64), part INT, epoch BIGINT, seq BIGINT,"
                        + " origin VARCHAR(64), PRIMARY KEY (pipeline, part))",
                "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".sluice_watermark VALUES ('p', 0, 1, 1, '')",
                "BEGIN",
                "UPDATE " + schema + ".sluice_watermark SET seq = 2, origin = 'paris'",
                "INSERT INTO " + schema + ".t VALUES (1)",
                "COMMIT",
                "INSERT INTO " + schema + ".t VALUES (2)",
                "BEGIN",
                "INSERT INTO " + schema + ".t VALUES (3)",
                "UPDATE " + schema + ".sluice_watermark SET seq = 3",
                "COMMIT");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".t", 3);
            assertThat(log.rows(schema + ".t"))
                    .extracting(entry -> entry.transaction().origin())
                    .containsExactly("paris", null, null);
            assertThat(log.rows(schema + ".sluice_watermark")).isEmpty();
            log.assertTransactionsAreWhole();
        }
    }

    @Test
    void uniqueKeysAreReadAgainAfterDdlAndPrefixesCountAsConstant() throws Exception {
        mysql.execute(
                "CREATE TABLE " + schema + ".t (id VARCHAR(20), u VARCHAR(20), f INT, PRIMARY KEY (id(2)))",
                "INSERT INTO " + schema + ".t VALUES ('aa', 'x', 1), ('bb', NULL, 2)",
                "ALTER TABLE " + schema + ".t ADD UNIQUE (u, f)",
                "INSERT INTO " + schema + ".t VALUES ('cc', 'X', 3)");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".t", 3);
            List<LogReader.Entry> rows = log.rows(schema + ".t");
            assertThat(rows.get(0).key()).isEqualTo(rows.get(1).key());
            assertThat(rows.get(2).table().unique()).containsExactly(List.of(1, 2));
        }
    }

    @Test
    void placesWithoutEntriesAreLoggedToo() throws Exception {
        mysql.execute("CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)", "INSERT INTO " + schema + ".t VALUES (1)");
        mysql.execute("FLUSH BINARY LOGS");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readUntil(() -> !log.positions().isEmpty());
            log.readRows(schema + ".t", 1);
            String file = log.positions().get(0).file();
            assertThat(file)
                    .isNotEqualTo(log.rows(schema + ".t").get(0).transaction().file());
            instance.stop();
            instance = TestServers.startInstance(TestServers.connections(), "two");
            log.readUntil(() -> log.claims().size() == 2);
            assertThat(log.claims().get(1).resume().file()).isEqualTo(file);
        }
    }

    @Test
    void onlyASourceWhoseSettingsChangedIsRestarted() throws Exception {
        DataSource other = TestServers.source(TestServers.newName(), mysql);
        TestServers.configure(source, other);
        await().atMost(TestServers.LIMIT)
                .ignoreExceptions()
                .until(() -> status(other.name()).state() == State.RUNNING);
        CaptureSettings before = CaptureSettings.fromNow();
        CaptureSettings changed =
                new CaptureSettings(before.start(), 4711, before.logMaxBytes() + 1, before.logMaxAge());
        TestServers.configure(TestServers.source(name, mysql, mysql.host(), mysql.port(), changed), other);
        await().atMost(TestServers.LIMIT)
                .ignoreExceptions()
                .until(() -> status(name).epoch() == 2);
        assertThat(status(other.name()).epoch()).isEqualTo(1);
        TestServers.configure(source);
        await().atMost(TestServers.LIMIT)
                .until(() -> instance.captures().status().size() == 1);
    }

    @Test
    void sourcesSpreadOverInstances() throws Exception {
        CaptureInstance second = TestServers.startInstance(TestServers.connections(), "two");
        try {
            await().atMost(TestServers.LIMIT)
                    .until(() -> !second.captures().status().isEmpty());
            DataSource[] all = new DataSource[6];
            for (int i = 0; i < all.length; i++) {
                all[i] = TestServers.source(TestServers.newName(), mysql);
            }
            TestServers.configure(all);
            await().atMost(TestServers.LIMIT).until(() -> running(instance) + running(second) == all.length);
            assertThat(running(instance)).isBetween(1L, 5L);
        } finally {
            second.stop();
        }
    }

    @Test
    void itsStatusIsPublished() throws Exception {
        try (com.rabbitmq.client.Connection connection =
                TestServers.connections().open("admin")) {
            Channel channel = connection.createChannel();
            String queue = channel.queueDeclare().getQueue();
            channel.queueBind(queue, BrokerNames.STATUS_EXCHANGE, "");
            GetResponse message =
                    await().atMost(TestServers.LIMIT).until(() -> channel.basicGet(queue, true), Objects::nonNull);
            ServiceStatus status = StatusCodec.decode(message.getBody());
            assertThat(status.service()).isEqualTo("capture");
            assertThat(status.captures()).singleElement().satisfies(capture -> {
                assertThat(capture.source()).isEqualTo(name);
                assertThat(capture.state()).isEqualTo(State.RUNNING);
                assertThat(capture.readMicros()).isPositive();
            });
        }
    }

    private static long running(CaptureInstance instance) {
        return instance.captures().status().stream()
                .filter(status -> status.state() == State.RUNNING)
                .count();
    }

    private CaptureStatus status(String source) {
        return instance.captures().status().stream()
                .filter(status -> status.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private List<List<@Nullable String>> select(String sql) throws Exception {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (Connection connection = mysql.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    boolean binary = result.getMetaData().getColumnTypeName(i).endsWith("BLOB");
                    byte[] bytes = binary ? result.getBytes(i) : null;
                    row.add(
                            bytes == null
                                    ? result.getString(i)
                                    : Base64.getEncoder().encodeToString(bytes));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private CaptureStatus status() {
        return instance.captures().status().get(0);
    }

    private @Nullable State state() {
        return instance.captures().status().stream()
                .map(CaptureStatus::state)
                .findFirst()
                .orElse(null);
    }
}
