package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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
