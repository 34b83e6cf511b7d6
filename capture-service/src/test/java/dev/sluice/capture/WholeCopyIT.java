package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.status.SnapshotStatus.Phase;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        KeylessTable.fill(server, schema, "busy", ROWS);
        KeylessTable.fill(server, schema, "quiet", ROWS);
        KeylessTable.fill(server, schema, "vacant", 0);
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
                TestServers.configure(source, schema, List.of(TestSnapshots.of("whole", name, schema, null)));
                TestSnapshots.awaitPhase(instance, Phase.DONE);
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
                assertThat(KeylessTable.contents(log, schema + "." + table))
                        .as(table)
                        .isEqualTo(KeylessTable.contents(server, schema + "." + table));
            }
            assertThat(KeylessTable.begun(log, schema + ".quiet")).isEqualTo(1);
            assertThat(KeylessTable.begun(log, schema + ".vacant")).isEqualTo(1);
            assertThat(TestSnapshots.status(instance).rows()).isGreaterThanOrEqualTo(2 * ROWS);
            System.out.println("WholeCopyIT: " + changes + " changes, " + KeylessTable.begun(log, schema + ".busy")
                    + " beginnings, " + log.copied() + " copied rows in the log");
        }
    }

    /** There is no key to go on from. */
    @Test
    void aPausedCopyBeginsAgain() throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String schema = Databases.create(server);
        KeylessTable.fill(server, schema, "t", ROWS);
        DataSource source = TestServers.source(name, server);
        Snapshot slow = TestSnapshots.of("whole", name, schema, new Snapshot.Limits(4_000, 0, 0));
        TestServers.configure(source, schema, List.of(slow));
        CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
        open.add(instance::stop);
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> log.copied() > 3_000);
            TestServers.configure(source, schema, List.of(slow.command(Snapshot.DesiredState.PAUSED)));
            TestSnapshots.awaitPhase(instance, Phase.PAUSED);
            server.execute("INSERT INTO " + schema + ".t VALUES (7, 'while it was paused')");
            TestServers.configure(source, schema, List.of(slow.command(Snapshot.DesiredState.RUNNING)));
            log.readUntil(() -> log.copied() > ROWS);
            TestSnapshots.awaitPhase(instance, Phase.DONE);
            log.readUntil(() -> KeylessTable.begun(log, schema + ".t") == 2
                    && KeylessTable.rows(log, schema + ".t", KeylessTable.begun(log, schema + ".t")) == ROWS + 1);
            assertThat(KeylessTable.contents(log, schema + ".t"))
                    .isEqualTo(KeylessTable.contents(server, schema + ".t"));
            assertThat(TestSnapshots.status(instance).rows()).isEqualTo(ROWS + 1);
        }
    }

    @Test
    @Tag("extended")
    void aKilledCaptureIsFollowedByOneThatBeginsTheTableAgain(@TempDir Path directory) throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String schema = Databases.create(server);
        KeylessTable.fill(server, schema, "busy", ROWS);
        DataSource source = TestServers.source(name, server);
        TestServers.configure(source, schema, List.of());
        ServiceProcess capture = ServiceProcess.start(TestServers.process("128m", directory.resolve("capture0.log")));
        try (LogReader log = TestServers.awaitLog(name);
                KeylessLoad load = new KeylessLoad(server, schema, "busy")) {
            log.readUntil(() -> !log.claims().isEmpty());
            load.start();
            TestServers.configure(
                    source, schema, List.of(TestSnapshots.of("whole", name, schema, new Snapshot.Limits(4_000, 0, 0))));
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
            TestSnapshots.awaitPhase(instance, Phase.DONE);
            load.close();
            server.execute("CREATE TABLE " + schema + ".done (id INT PRIMARY KEY)");
            server.execute("INSERT INTO " + schema + ".done VALUES (1)");
            log.readRows(schema + ".done", 1);
            log.assertTransactionsAreWhole();
            assertThat(KeylessTable.contents(log, schema + ".busy"))
                    .isEqualTo(KeylessTable.contents(server, schema + ".busy"));
            System.out.println("WholeCopyIT: " + KeylessTable.begun(log, schema + ".busy")
                    + " beginnings after 3 kills, " + load.changes() + " changes");
        } finally {
            capture.close();
        }
    }
}
