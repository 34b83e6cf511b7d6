package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.CaptureSettings.StartPosition;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.PositionReset;
import dev.sluice.change.config.SourceServers;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.MariaDbVersion;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A source that is a primary and its replica: whichever of them is read, the log has each row once. */
class FailoverIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private final Replication replication = new Replication(name);

    @Test
    void theLogGoesOnAtThePromotedReplicaAndBackAgain() throws Exception {
        try (MySqlServer first = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults());
                MySqlServer second = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults())) {
            goesOnAtThePromotedReplicaAndBackAgain(first, second);
        }
    }

    @Test
    @Tag("extended")
    void theLogGoesOnByTheDomainsOfMariaDb() throws Exception {
        ServerOptions options = ServerOptions.defaults().with("--log-slave-updates=ON");
        try (MariaDbServer first = MariaDbServer.start(MariaDbVersion.V10_11_5, options);
                MariaDbServer second = MariaDbServer.start(MariaDbVersion.V10_11_5, options)) {
            goesOnAtThePromotedReplicaAndBackAgain(first, second);
        }
    }

    private void goesOnAtThePromotedReplicaAndBackAgain(DatabaseServer first, DatabaseServer second) throws Exception {
        replication.account(first);
        replication.account(second);
        replication.follow(second, first);
        first.execute("CREATE DATABASE " + schema);
        try (TcpProxy proxy = new TcpProxy(first.host(), first.port())) {
            TestServers.configure(replication.source(first, proxy.port(), second, CaptureSettings.fromNow()));
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
            await().atMost(LIMIT).until(() -> running(instance));
            try (Load load = new Load(first, schema)) {
                await().atMost(LIMIT)
                        .until(() -> running(instance) && status(instance).entries() > 300);
                // in the middle of something, and for good
                proxy.refuse();
                await().atMost(LIMIT)
                        .until(() -> String.valueOf(status(instance).error()).contains("takes no writes"));

                assertThat(status(instance).error()).contains(":" + proxy.port());
                load.close();
                Replication.promote(second, first);
                await().atMost(LIMIT)
                        .until(() -> running(instance) && status(instance).epoch() == 2);
                second.execute("INSERT INTO " + schema + ".done VALUES (2)");
                assertLogIsTheTable(load, 2);
                assertThat(Objects.requireNonNull(status(instance).server()).address())
                        .endsWith(":" + second.port());

                replication.follow(first, second);
                proxy.restore();
                second.execute("SET GLOBAL read_only = 1");
                Replication.promote(first, second);
                await().atMost(LIMIT)
                        .until(() -> running(instance) && status(instance).epoch() == 3);
                first.execute("INSERT INTO " + schema + ".done VALUES (3)");
                assertLogIsTheTable(load, 3);
            } finally {
                instance.stop();
            }
        }
    }

    @Test
    void aServerThatHasLostTransactionsIsRefusedUntilAPersonJumps() throws Exception {
        try (MySqlServer first = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults());
                MySqlServer second = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults())) {
            replication.account(first);
            replication.account(second);
            replication.follow(second, first);
            first.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)");
            Replication.awaitExecuted(second, first);
            DataSource source = replication.source(first, first.port(), second, CaptureSettings.fromNow());
            TestServers.configure(source);
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
            try (LogReader log = TestServers.awaitLog(name)) {
                await().atMost(LIMIT).until(() -> running(instance));
                second.execute("STOP SLAVE");
                first.execute("INSERT INTO " + schema + ".t VALUES (1)");
                log.readRows(schema + ".t", 1);
                String lost = Objects.requireNonNull(
                        log.rows(schema + ".t").get(0).transaction().gtid());
                first.kill9();
                second.execute("SET GLOBAL read_only = 0", "INSERT INTO " + schema + ".t VALUES (2)");
                await().atMost(LIMIT).until(() -> status(instance).state() == State.FAILED);
                assertThat(status(instance).error()).contains(lost, ":" + second.port(), "snapshot");

                CaptureSettings jump = Objects.requireNonNull(source.capture())
                        .withReset(
                                new PositionReset(7, new StartPosition(StartPosition.Mode.EARLIEST, null, null, null)));
                TestServers.configure(replication.source(first, first.port(), second, jump));
                log.readUntil(() -> log.rows(schema + ".t").size() == 2);
                assertThat(log.rows(schema + ".t").get(1).cells()).containsExactly("2");
                log.readUntil(() -> log.claims().size() == 2);
                assertThat(log.claims().get(1).jump()).satisfies(jumped -> {
                    assertThat(Objects.requireNonNull(jumped).from()).contains(lost);
                    assertThat(jumped.reason()).contains("position reset 7", "missing");
                });
                assertThat(Objects.requireNonNull(status(instance).server()).notice())
                        .contains("position reset 7");
                instance.stop();
                CaptureInstance again = TestServers.startInstance(TestServers.connections(), "two");
                try {
                    second.execute("INSERT INTO " + schema + ".t VALUES (3)");
                    log.readUntil(() -> log.rows(schema + ".t").size() == 3);
                    assertThat(log.claims().get(2).jump())
                            .as("a jump is made once")
                            .isNull();
                } finally {
                    again.stop();
                }
            } finally {
                instance.stop();
            }
        }
    }

    @Test
    @Tag("extended")
    void readsTheReplicaAsLongAsThereIsOne() throws Exception {
        try (MySqlServer first = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults());
                MySqlServer second = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults())) {
            replication.account(first);
            replication.account(second);
            replication.follow(second, first);
            first.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)");
            Replication.awaitExecuted(second, first);
            CaptureSettings settings = CaptureSettings.fromNow().withHeartbeat(Duration.ofSeconds(1));
            TestServers.configure(
                    replication.source(first, first.port(), second, settings, SourceServers.Role.REPLICA));
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
            try (LogReader log = TestServers.awaitLog(name)) {
                await().atMost(LIMIT).until(() -> running(instance));
                assertThat(Objects.requireNonNull(status(instance).server()).address())
                        .endsWith(":" + second.port());
                first.execute("INSERT INTO " + schema + ".t VALUES (1)");
                log.readRows(schema + ".t", 1);
                await().atMost(LIMIT)
                        .until(() -> Replication.select(second, "SELECT COUNT(*) FROM sluice.sluice_heartbeat")
                                .equals("1"));

                second.kill9();
                await().atMost(LIMIT)
                        .until(() -> running(instance)
                                && Objects.requireNonNull(status(instance).server())
                                        .address()
                                        .endsWith(":" + first.port()));
                first.execute("INSERT INTO " + schema + ".t VALUES (2)");
                log.readUntil(() -> log.rows(schema + ".t").size() == 2);
                assertThat(log.rows(schema + ".t"))
                        .extracting(entry -> entry.cells().get(0))
                        .containsExactly("1", "2");
                log.assertTransactionsAreWhole();
            } finally {
                instance.stop();
            }
        }
    }

    @Test
    @Tag("extended")
    void ofTwoServersThatBothHaveWritesOfTheirOwnNoneIsRead() throws Exception {
        try (MySqlServer first = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults());
                MySqlServer second = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults())) {
            replication.account(first);
            replication.account(second);
            String table = "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)";
            first.execute("CREATE DATABASE " + schema, table);
            second.execute("CREATE DATABASE " + schema, table);
            TestServers.configure(replication.source(first, first.port(), second, CaptureSettings.fromNow()));
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
            try (LogReader log = TestServers.awaitLog(name)) {
                await().atMost(LIMIT)
                        .ignoreExceptions()
                        .until(() -> status(instance).state() == State.FAILED);
                assertThat(status(instance).error())
                        .contains("split brain", ":" + first.port(), ":" + second.port(), "read_only");
                assertThat(log.claims()).isEmpty();
                second.execute("SET GLOBAL read_only = 1");
                await().atMost(LIMIT).until(() -> running(instance));
                first.execute("INSERT INTO " + schema + ".t VALUES (1)");
                log.readRows(schema + ".t", 1);

                // the one that was put aside comes back with what the other does not have
                second.execute("SET GLOBAL read_only = 0");
                instance.stop();
                CaptureInstance again = TestServers.startInstance(TestServers.connections(), "two");
                try {
                    await().atMost(LIMIT).ignoreExceptions().until(() -> running(again));
                    assertThat(Objects.requireNonNull(status(again).server()).address())
                            .as("the other has never executed what the log has")
                            .endsWith(":" + first.port());
                } finally {
                    again.stop();
                }
            } finally {
                instance.stop();
            }
        }
    }

    @Test
    @Tag("extended")
    void withoutGtidsTheLastMinuteComesAgain() throws Exception {
        ServerOptions options = ServerOptions.defaults().with("--gtid-mode=OFF", "--enforce-gtid-consistency=OFF");
        try (MySqlServer first = MySqlServer.start(MySqlVersion.V8_0_15, options);
                MySqlServer second = MySqlServer.start(MySqlVersion.V8_0_15, options)) {
            replication.account(first);
            replication.account(second);
            first.execute("RESET MASTER"); // a replica without GTIDs would repeat how the server was set up
            replication.follow(second, first, "MASTER_AUTO_POSITION = 0");
            first.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)");
            TestServers.configure(replication.source(first, first.port(), second, CaptureSettings.fromNow()));
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
            try (LogReader log = TestServers.awaitLog(name)) {
                await().atMost(LIMIT).until(() -> running(instance));
                // a binlog that is younger than the overlap is refused, for it may lack changes
                await().atMost(LIMIT)
                        .until(() -> Integer.parseInt(Replication.select(
                                        second,
                                        "SELECT variable_value FROM performance_schema.global_status"
                                                + " WHERE variable_name = 'Uptime'"))
                                > 65);
                first.execute("INSERT INTO " + schema + ".t VALUES (1)");
                log.readRows(schema + ".t", 1);
                await().atMost(LIMIT).ignoreExceptions().until(() -> Replication.select(
                                second, "SELECT COUNT(*) FROM " + schema + ".t")
                        .equals("1"));
                first.kill9();
                second.execute("STOP SLAVE", "SET GLOBAL read_only = 0", "INSERT INTO " + schema + ".t VALUES (2)");
                log.readUntil(() -> log.rows(schema + ".t").stream()
                        .anyMatch(entry -> entry.cells().get(0).equals("2")));
                assertThat(log.rows(schema + ".t"))
                        .extracting(entry -> entry.cells().get(0))
                        .containsExactly("1", "1", "2");
                assertThat(log.rows(schema + ".t"))
                        .extracting(LogReader.Entry::repeats)
                        .containsExactly(false, true, false);
                assertThat(Objects.requireNonNull(log.claims().get(1).jump()).reason())
                        .contains("no GTIDs", "60 s before", "changes come twice");
                assertThat(Objects.requireNonNull(status(instance).server()).notice())
                        .contains("changes come twice");
            } finally {
                instance.stop();
            }
        }
    }

    private void assertLogIsTheTable(Load load, int done) throws Exception {
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".done", done);
            log.assertTransactionsAreWhole();
            assertThat(log.contents(schema + ".plain")).isEqualTo(load.contents("plain"));
            assertThat(log.contents(schema + ".uniq")).isEqualTo(load.contents("uniq"));
        }
    }

    private static boolean running(CaptureInstance instance) {
        return !instance.captures().status().isEmpty() && status(instance).state() == State.RUNNING;
    }

    private static CaptureStatus status(CaptureInstance instance) {
        return instance.captures().status().get(0);
    }
}
