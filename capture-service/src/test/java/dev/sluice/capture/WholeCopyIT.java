package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.status.SnapshotStatus;
import dev.sluice.change.status.SnapshotStatus.Phase;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose rows nothing tells apart are copied whole; the log then leads to each row as often as the source has it. */
class WholeCopyIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int ROWS = 20_000;

    private final String name = TestServers.newName();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void theLogLeadsToTheTableWhileItChanges() throws Exception {
        copiesUnderLoad(SharedServers.mysql());
    }

    @Test
    @Tag("extended")
    void theLogLeadsToTheTableOfMariaDb() throws Exception {
        copiesUnderLoad(SharedServers.mariadb());
    }

    @Test
    @Tag("extended")
    void theLogLeadsToTheTableOfMySqlWithoutGtids() throws Exception {
        MySqlServer server = MySqlServer.start(
                MySqlVersion.V5_7_22,
                ServerOptions.defaults().with("--gtid-mode=OFF", "--enforce-gtid-consistency=OFF"));
        open.add(server);
        copiesUnderLoad(server);
    }

    /** One table changes all the time, another one never, and one is empty at the source but not at the target. */
    private void copiesUnderLoad(DatabaseServer server) throws Exception {
        String schema = Databases.create(server);
        fill(server, schema, "busy", ROWS);
        fill(server, schema, "quiet", ROWS);
        fill(server, schema, "vacant", 0);
        server.execute("CREATE TABLE " + schema + ".keyed (id INT PRIMARY KEY)");
        server.execute("INSERT INTO " + schema + ".keyed VALUES (1), (2)");
        DataSource source = TestServers.source(name, server);
        TestServers.configure(source, schema, List.of());
        CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
        open.add(instance::stop);
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            long changes;
            try (KeylessLoad load = new KeylessLoad(server, schema, "busy").start()) {
                TestServers.configure(source, schema, List.of(snapshot(schema, null)));
                awaitPhase(instance, Phase.DONE);
                long behind = load.changes() + 20;
                await().atMost(LIMIT).until(() -> load.changes() > behind);
                load.close();
                changes = load.changes();
            }
            server.execute("CREATE TABLE " + schema + ".done (id INT PRIMARY KEY)");
            server.execute("INSERT INTO " + schema + ".done VALUES (1)");
            log.readRows(schema + ".done", 1);
            log.assertTransactionsAreWhole();
            for (String table : List.of("busy", "quiet", "vacant")) {
                assertThat(contents(log, schema + "." + table))
                        .as(table)
                        .isEqualTo(contents(server, schema + "." + table));
            }
            assertThat(begun(log, schema + ".quiet")).isEqualTo(1);
            assertThat(begun(log, schema + ".vacant")).isEqualTo(1);
            assertThat(status(instance).rows()).isGreaterThanOrEqualTo(2 * ROWS);
            System.out.println("WholeCopyIT: " + changes + " changes, " + begun(log, schema + ".busy") + " beginnings, "
                    + log.copied() + " copied rows in the log");
        }
    }

    /** There is no key to go on from. */
    @Test
    void aPausedCopyBeginsAgain() throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String schema = Databases.create(server);
        fill(server, schema, "t", ROWS);
        DataSource source = TestServers.source(name, server);
        Snapshot slow = snapshot(schema, new Snapshot.Limits(4_000, 0, 0));
        TestServers.configure(source, schema, List.of(slow));
        CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
        open.add(instance::stop);
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> log.copied() > 3_000);
            TestServers.configure(source, schema, List.of(slow.command(Snapshot.DesiredState.PAUSED)));
            awaitPhase(instance, Phase.PAUSED);
            server.execute("INSERT INTO " + schema + ".t VALUES (7, 'while it was paused')");
            TestServers.configure(source, schema, List.of(slow.command(Snapshot.DesiredState.RUNNING)));
            log.readUntil(() -> log.copied() > ROWS);
            awaitPhase(instance, Phase.DONE);
            log.readUntil(() ->
                    begun(log, schema + ".t") == 2 && rows(log, schema + ".t", begun(log, schema + ".t")) == ROWS + 1);
            assertThat(contents(log, schema + ".t")).isEqualTo(contents(server, schema + ".t"));
            assertThat(status(instance).rows()).isEqualTo(ROWS + 1);
        }
    }

    @Test
    @Tag("extended")
    void aKilledCaptureIsFollowedByOneThatBeginsTheTableAgain(@TempDir Path directory) throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String schema = Databases.create(server);
        fill(server, schema, "busy", ROWS);
        DataSource source = TestServers.source(name, server);
        TestServers.configure(source, schema, List.of());
        ServiceProcess capture = ServiceProcess.start(TestServers.process("128m", directory.resolve("capture0.log")));
        try (LogReader log = TestServers.awaitLog(name);
                KeylessLoad load = new KeylessLoad(server, schema, "busy")) {
            log.readUntil(() -> !log.claims().isEmpty());
            load.start();
            TestServers.configure(source, schema, List.of(snapshot(schema, new Snapshot.Limits(4_000, 0, 0))));
            for (int kill = 1; kill <= 3; kill++) {
                long copied = log.copied();
                log.readUntil(() -> log.copied() > copied + 500);
                capture.kill9();
                capture.close();
                capture =
                        ServiceProcess.start(TestServers.process("128m", directory.resolve("capture" + kill + ".log")));
                int claims = kill + 1;
                log.readUntil(() -> log.claims().size() >= claims);
            }
            capture.close();
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "last");
            open.add(instance::stop);
            awaitPhase(instance, Phase.DONE);
            load.close();
            server.execute("CREATE TABLE " + schema + ".done (id INT PRIMARY KEY)");
            server.execute("INSERT INTO " + schema + ".done VALUES (1)");
            log.readRows(schema + ".done", 1);
            log.assertTransactionsAreWhole();
            assertThat(contents(log, schema + ".busy")).isEqualTo(contents(server, schema + ".busy"));
            System.out.println("WholeCopyIT: " + begun(log, schema + ".busy") + " beginnings after 3 kills, "
                    + load.changes() + " changes");
        } finally {
            capture.close();
        }
    }

    /** Rows of which many are the same. */
    private static void fill(DatabaseServer server, String schema, String table, int rows) {
        server.execute("CREATE TABLE " + schema + "." + table + " (a INT, b VARCHAR(40))");
        for (int from = 0; from < rows; from += 1_000) {
            StringBuilder insert = new StringBuilder("INSERT INTO " + schema + "." + table + " VALUES ");
            for (int i = from; i < from + 1_000; i++) {
                insert.append(i == from ? "" : ",")
                        .append(i % 11 == 0 ? "(NULL,NULL)" : "(" + i % 500 + ",'b" + i % 3 + "')");
            }
            server.execute(insert.toString());
        }
    }

    private static long begun(LogReader log, String table) {
        return log.rows(table).stream()
                .filter(entry -> entry.op() == RowOp.EMPTY)
                .count();
    }

    /** Copied rows behind the n-th beginning. */
    private static long rows(LogReader log, String table, long beginning) {
        long begun = 0;
        long rows = 0;
        for (LogReader.Entry entry : log.rows(table)) {
            begun += entry.op() == RowOp.EMPTY ? 1 : 0;
            rows += entry.op() == RowOp.SNAPSHOT && begun == beginning ? 1 : 0;
        }
        return rows;
    }

    /** Each row and how often it is there, as the log leads to it from the last beginning on: nothing may miss its row. */
    private static Map<List<@Nullable String>, Integer> contents(LogReader log, String table) {
        Map<List<@Nullable String>, Integer> rows = new HashMap<>();
        long beginnings = begun(log, table);
        long begun = 0;
        for (LogReader.Entry entry : log.rows(table)) {
            begun += entry.op() == RowOp.EMPTY ? 1 : 0;
            if (begun < beginnings || entry.op() == RowOp.EMPTY) {
                continue;
            }
            if (entry.op() == RowOp.UPDATE || entry.op() == RowOp.DELETE) {
                List<@Nullable String> before = new ArrayList<>(entry.cells());
                if (entry.op() == RowOp.UPDATE && entry.firstCellBefore() != null) {
                    before.set(0, entry.firstCellBefore());
                }
                assertThat(rows).as("%s finds its row", entry).containsKey(before);
                rows.merge(before, -1, (a, b) -> a + b == 0 ? null : a + b);
            }
            if (entry.op() != RowOp.DELETE) {
                rows.merge(entry.cells(), 1, Integer::sum);
            }
        }
        return rows;
    }

    private static Map<List<@Nullable String>, Integer> contents(DatabaseServer server, String table)
            throws SQLException {
        Map<List<@Nullable String>, Integer> rows = new HashMap<>();
        try (Connection connection = server.connect(table.substring(0, table.indexOf('.')));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT a, b FROM " + table)) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                row.add(result.getString(1));
                row.add(result.getString(2));
                rows.merge(row, 1, Integer::sum);
            }
        }
        return rows;
    }

    private Snapshot snapshot(String schema, Snapshot.@Nullable Limits limits) {
        return new Snapshot(
                "whole",
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                name,
                List.of("p-" + name),
                List.of(new Snapshot.Tables(schema, "*", null, null)),
                Snapshot.DesiredState.RUNNING,
                1,
                limits);
    }

    private static void awaitPhase(CaptureInstance instance, Phase phase) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(instance.captures().status().stream()
                        .flatMap(capture -> Objects.requireNonNull(capture.snapshots()).stream())
                        .map(SnapshotStatus::phase))
                .contains(phase));
    }

    private static SnapshotStatus status(CaptureInstance instance) {
        return Objects.requireNonNull(instance.captures().status().get(0).snapshots())
                .get(0);
    }
}
