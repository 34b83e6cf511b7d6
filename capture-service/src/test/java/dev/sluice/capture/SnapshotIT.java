package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.status.SnapshotStatus;
import dev.sluice.change.status.SnapshotStatus.Phase;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.MariaDbVersion;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that were there before the capture enter the log while they are changed; the log then leads to the table. */
class SnapshotIT {
    private final String name = TestServers.newName();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void theLogLeadsToTheTablesWhateverChangedMeanwhile() throws Exception {
        copiesUnderLoad(SharedServers.mysql(), 4_000);
    }

    /** The log cannot bring what a change met before its copy, nor a row that moved to where the copy has been. */
    @Test
    void theLogLeadsToTheTablesOfWhichItTellsPartsOnly() throws Exception {
        copiesUnderLoad(SharedServers.mysql(), 4_000, List.of("MINIMAL", "NOBLOB", "FULL"));
    }

    @Test
    @Tag("extended")
    void theLogLeadsToTheTablesOfMariaDbOfWhichItTellsPartsOnly() throws Exception {
        copiesUnderLoad(SharedServers.mariadb(), 4_000, List.of("MINIMAL"));
    }

    @Test
    @Tag("extended")
    void theLogLeadsToTheTablesOfMariaDb() throws Exception {
        copiesUnderLoad(SharedServers.mariadb(), 4_000);
    }

    @Test
    @Tag("extended")
    void theLogLeadsToTheTablesOfMySqlWithoutGtids() throws Exception {
        MySqlServer server = MySqlServer.start(
                MySqlVersion.V8_0_15,
                ServerOptions.defaults().with("--gtid-mode=OFF", "--enforce-gtid-consistency=OFF"));
        open.add(0, server);
        copiesUnderLoad(server, 4_000);
    }

    /** Servers that do not log the names of columns. */
    private enum Bare {
        MYSQL_5_7,
        MYSQL_8_MINIMAL,
        MARIADB_NO_LOG;

        DatabaseServer start() {
            return switch (this) {
                case MYSQL_5_7 -> MySqlServer.start(MySqlVersion.V5_7_22, ServerOptions.defaults());
                case MYSQL_8_MINIMAL ->
                    MySqlServer.start(
                            MySqlVersion.V8_0_15, ServerOptions.defaults().with("--binlog-row-metadata=MINIMAL"));
                case MARIADB_NO_LOG ->
                    MariaDbServer.start(
                            MariaDbVersion.V10_11_5, ServerOptions.defaults().with("--binlog-row-metadata=NO_LOG"));
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Bare.class)
    @Tag("extended")
    void theLogLeadsToTheTablesWhereTheBinlogDoesNotNameColumns(Bare bare) throws Exception {
        DatabaseServer server = bare.start();
        open.add(0, server);
        copiesUnderLoad(server, 4_000);
    }

    /** The server makes a primary key of its own for a table without one; it is a column of the copy as of the binlog. */
    @Test
    @Tag("extended")
    void aGeneratedPrimaryKeyIsAKey() throws Exception {
        MySqlServer server = MySqlServer.start(MySqlVersion.V9_7, ServerOptions.defaults());
        open.add(0, server);
        String schema = Databases.create(server);
        server.execute(
                "SET SESSION sql_generate_invisible_primary_key = ON",
                "CREATE TABLE " + schema + ".t (a INT, b VARCHAR(20))",
                "INSERT INTO " + schema + ".t VALUES (1, 'same'), (1, 'same'), (2, 'other')");
        DataSource source = TestServers.source(name, server);
        TestServers.configure(source, schema, List.of(TestSnapshots.of("generated", name, schema, null)));
        CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
        open.add(instance::stop);
        TestSnapshots.awaitPhase(instance, Phase.DONE);
        server.execute("UPDATE " + schema + ".t SET b = 'changed' WHERE a = 2");
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readRows(schema + ".t", 4);
            assertThat(log.rows(schema + ".t")).allSatisfy(entry -> {
                assertThat(entry.table().columns())
                        .extracting(column -> column.name())
                        .containsExactly("my_row_id", "a", "b");
                assertThat(entry.table().key()).containsExactly(0);
            });
            Map<List<String>, List<@Nullable String>> rows = new HashMap<>();
            fold(rows, log, schema + ".t", List.of("my_row_id"));
            assertThat(rows.values())
                    .containsExactlyInAnyOrder(
                            List.of("1", "1", "same"), List.of("2", "1", "same"), List.of("3", "2", "changed"));
        }
    }

    private void copiesUnderLoad(DatabaseServer server, int rows) throws Exception {
        copiesUnderLoad(server, rows, List.of("FULL"));
    }

    private void copiesUnderLoad(DatabaseServer server, int rows, List<String> images) throws Exception {
        String schema = Databases.create(server);
        DataSource source = TestServers.source(name, server);
        SnapshotLoad load = new SnapshotLoad(server, schema, rows, images);
        open.add(load);
        TestServers.configure(source, schema, List.of());
        CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
        open.add(instance::stop);
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            var before = astray(load);
            load.start();
            Snapshot slow = TestSnapshots.of("load", name, schema, new Snapshot.Limits(2_000, 0, 0));
            TestServers.configure(source, schema, List.of(slow));
            TestSnapshots.awaitPhase(instance, Phase.RUNNING);
            TestServers.configure(source, schema, List.of(slow.command(Snapshot.DesiredState.PAUSED)));
            TestSnapshots.awaitPhase(instance, Phase.PAUSED);
            long paused = TestSnapshots.status(instance).rows();
            TestServers.configure(source, schema, List.of(slow.command(Snapshot.DesiredState.RUNNING)));
            TestSnapshots.awaitPhase(instance, Phase.DONE);
            assertThat(TestSnapshots.status(instance).rows()).isGreaterThan(paused);
            assertThat(TestSnapshots.status(instance).tablesDone()).isEqualTo(SnapshotLoad.TABLES.size());
            load.close();
            assertLogLeadsToTheTables(load, schema, log, before);
            System.out.println(
                    "SnapshotIT copied " + TestSnapshots.status(instance).rows() + " rows in "
                            + TestSnapshots.status(instance).chunks() + " chunks under " + load.changes() + " changes");
        }
    }

    /** Says how fast it is; nothing else happens on the source. */
    @Test
    @Tag("extended")
    void manyRowsAreCopiedOnceEach() throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String schema = Databases.create(server);
        server.execute(
                "CREATE TABLE " + schema + ".big (id INT AUTO_INCREMENT PRIMARY KEY, k INT, c CHAR(120), pad CHAR(60))",
                "INSERT INTO " + schema + ".big (k, c, pad) VALUES (1, REPEAT('c', 119), REPEAT('p', 59))");
        for (int doubled = 0; doubled < 18; doubled++) {
            server.execute("INSERT INTO " + schema + ".big (k, c, pad) SELECT id, c, pad FROM " + schema + ".big");
        }
        DataSource source = TestServers.source(name, server);
        TestServers.configure(source, schema, List.of());
        CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
        open.add(instance::stop);
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            long began = System.nanoTime();
            TestServers.configure(source, schema, List.of(TestSnapshots.of("big", name, schema, null)));
            TestSnapshots.awaitPhase(instance, Phase.DONE);
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "SnapshotIT: %d rows of 190 bytes in %d chunks, %.0f rows/s%n",
                    TestSnapshots.status(instance).rows(),
                    TestSnapshots.status(instance).chunks(),
                    TestSnapshots.status(instance).rows() / seconds);
            assertThat(TestSnapshots.status(instance).rows()).isEqualTo(1 << 18);
            log.readUntil(() -> log.copied() == 1 << 18);
        }
    }

    @Test
    @Tag("extended")
    void aKilledCaptureIsFollowedByOneThatGoesOnAtTheChunk(@TempDir Path directory) throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String schema = Databases.create(server);
        DataSource source = TestServers.source(name, server);
        SnapshotLoad load = new SnapshotLoad(server, schema, 4_000);
        open.add(load);
        TestServers.configure(source, schema, List.of());
        Snapshot slow = TestSnapshots.of("load", name, schema, new Snapshot.Limits(4_000, 0, 0));
        ServiceProcess capture = ServiceProcess.start(TestServers.process("128m", directory.resolve("capture0.log")));
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            var before = astray(load);
            load.start();
            TestServers.configure(source, schema, List.of(slow));
            for (int kill = 1; kill <= 2; kill++) {
                long copied = log.copied();
                log.readUntil(() -> log.copied() > copied + 3_000);
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
            TestSnapshots.awaitPhase(instance, Phase.DONE);
            load.close();
            assertLogLeadsToTheTables(load, schema, log, before);
            long read = TestSnapshots.status(instance).rows();
            System.out.println("SnapshotIT: " + log.copied() + " copied rows in the log, " + read + " read");
            assertThat(log.copied()).isLessThan(7 * 4_000 * 5L / 4 + 4 * 4_000);
        } finally {
            capture.close();
        }
    }

    @Test
    void onlyRowsThatMeetTheConditionOrHaveTheKeysAreCopied() throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String schema = Databases.create(server);
        DataSource source = TestServers.source(name, server);
        open.add(new SnapshotLoad(server, schema, 500));
        server.execute("CREATE TABLE " + schema + ".nokey (a INT)");
        Snapshot some = TestSnapshots.of(
                "some",
                name,
                List.of(
                        new Snapshot.Tables(schema, "numbers", "id >= 100 AND id < 120", null),
                        new Snapshot.Tables(schema, "words", null, List.of(List.of("WÖRT 7"), List.of("wört 8"))),
                        new Snapshot.Tables(schema, "days", "no_such_column = 1", null),
                        new Snapshot.Tables(schema, "nokey", "a = 1", null)),
                null);
        TestServers.configure(source, schema, List.of(some));
        CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
        open.add(instance::stop);
        TestSnapshots.awaitPhase(instance, Phase.FAILED);
        assertThat(TestSnapshots.status(instance).tables())
                .filteredOn(table -> table.phase() == Phase.FAILED)
                .extracting(SnapshotStatus.Table::table)
                .containsExactly("days", "nokey");
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> log.copied() >= 22);
            assertThat(log.rows(schema + ".numbers")).hasSize(20).allSatisfy(entry -> {
                assertThat(entry.transaction().to()).containsExactly("p-" + name);
                assertThat(entry.transaction().snapshot()).isEqualTo("some");
            });
            assertThat(log.rows(schema + ".words"))
                    .extracting(entry -> entry.cells().get(0).toLowerCase())
                    .containsExactlyInAnyOrder("wört 7", "wört 8");
        }
    }

    /** The tables' rows as a target may have them that was led astray: with its keys, and else nothing right. */
    private static Map<String, Map<List<String>, List<@Nullable String>>> astray(SnapshotLoad load) throws Exception {
        Map<String, Map<List<String>, List<@Nullable String>>> tables = new HashMap<>();
        for (String table : SnapshotLoad.TABLES.keySet()) {
            Map<List<String>, List<@Nullable String>> rows = new HashMap<>();
            load.contents(table, SnapshotIT::cell).forEach((key, row) -> {
                List<@Nullable String> wrong = new ArrayList<>(row);
                wrong.replaceAll(cell -> key.contains(String.valueOf(cell)) ? cell : "wrong");
                rows.put(key, wrong);
            });
            tables.put(table, rows);
        }
        return tables;
    }

    private static void assertLogLeadsToTheTables(
            SnapshotLoad load,
            String schema,
            LogReader log,
            Map<String, Map<List<String>, List<@Nullable String>>> before)
            throws Exception {
        log.readRows(schema + ".done", 1);
        log.assertTransactionsAreWhole();
        for (Map.Entry<String, List<String>> table : SnapshotLoad.TABLES.entrySet()) {
            Map<List<String>, List<@Nullable String>> rows = before.get(table.getKey());
            fold(rows, log, schema + "." + table.getKey(), table.getValue());
            Map<List<String>, List<@Nullable String>> right = load.contents(table.getKey(), SnapshotIT::cell);
            assertThat(differing(rows, right)).as(table.getKey()).isEmpty();
        }
    }

    private static List<String> differing(
            Map<List<String>, List<@Nullable String>> rows, Map<List<String>, List<@Nullable String>> right) {
        return Stream.concat(rows.keySet().stream(), right.keySet().stream())
                .distinct()
                .filter(key -> !Objects.equals(rows.get(key), right.get(key)))
                .map(key -> rows.get(key) + " instead of " + right.get(key))
                .toList();
    }

    /** Text of a value as the log has it. */
    private static String cell(String column, @Nullable String value) {
        if (value == null) {
            return "null";
        }
        return column.equals("f") ? String.valueOf(Float.parseFloat(value)).replaceAll("\\.0$", "") : value;
    }

    /** Does to rows what a target does: of an update, it writes what the update tells. */
    private static void fold(
            Map<List<String>, List<@Nullable String>> rows, LogReader log, String table, List<String> key) {
        for (LogReader.Entry entry : log.rows(table)) {
            List<String> now = key.stream()
                    .map(column -> Objects.requireNonNull(entry.cell(column)))
                    .toList();
            if (entry.op() == RowOp.DELETE) {
                rows.remove(now);
                continue;
            }
            List<String> before = new ArrayList<>(now);
            if (entry.op() == RowOp.UPDATE && entry.firstCellBefore() != null) {
                before.set(0, entry.firstCellBefore());
            }
            List<@Nullable String> old = entry.op() == RowOp.UPDATE ? rows.remove(before) : null;
            boolean whole = !entry.present().contains(false);
            boolean moved = !before.equals(now);
            if (whole || old != null || entry.op() == RowOp.INSERT) { // else there is nothing yet that it could change
                rows.put(
                        now,
                        IntStream.range(0, entry.cells().size())
                                .mapToObj(i -> old == null
                                                || (whole && moved
                                                        || entry.told().contains(i))
                                        ? entry.cells().get(i)
                                        : old.get(i))
                                .toList());
            }
        }
    }
}
