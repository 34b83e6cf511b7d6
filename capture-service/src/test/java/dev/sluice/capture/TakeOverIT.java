package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.MySqlServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever dies while rows are written, the log has each of them once. */
class TakeOverIT {

    private final MySqlServer mysql = TestServers.mysql();
    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private final DataSource source = TestServers.source(name, mysql);

    @BeforeEach
    void prepare() throws Exception {
        mysql.execute("CREATE DATABASE " + schema);
        TestServers.configure(source);
    }

    @AfterEach
    void drop() {
        mysql.execute("DROP DATABASE " + schema);
    }

    @Test
    void cutBrokerConnectionsLeaveNeitherGapNorDuplicate() throws Exception {
        try (TcpProxy proxy =
                new TcpProxy(TestServers.broker().host(), TestServers.broker().port())) {
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(proxy), "one");
            awaitEpoch(instance, 1);
            try (Load load = new Load(mysql, schema)) {
                for (int i = 1; i <= 4; i++) {
                    awaitEpoch(instance, i);
                    long before = status(instance).seq();
                    await().pollInterval(Duration.ofMillis(5))
                            .atMost(TestServers.LIMIT)
                            .until(() -> status(instance).seq() > before + 50);
                    proxy.cut();
                }
                awaitEpoch(instance, 5);
                load.close();
                assertLogIsTheTable(load, 5);
            } finally {
                instance.stop();
            }
        }
    }

    @Test
    void cutSourceConnectionsLeaveNeitherGapNorDuplicate() throws Exception {
        try (TcpProxy proxy = new TcpProxy(mysql.host(), mysql.port())) {
            TestServers.configure(TestServers.source(
                    name, mysql, proxy.host(), proxy.port(), java.util.Objects.requireNonNull(source.capture())));
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
            awaitEpoch(instance, 1);
            try (Load load = new Load(mysql, schema)) {
                for (int i = 1; i <= 3; i++) {
                    awaitEpoch(instance, i);
                    long before = status(instance).seq();
                    await().pollInterval(Duration.ofMillis(5))
                            .atMost(TestServers.LIMIT)
                            .until(() -> status(instance).seq() > before + 50);
                    proxy.cut();
                }
                awaitEpoch(instance, 4);
                load.close();
                assertLogIsTheTable(load, 4);
            } finally {
                instance.stop();
            }
        }
    }

    @Test
    void aKilledBrokerLeavesNeitherGapNorDuplicate() throws Exception {
        CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
        awaitEpoch(instance, 1);
        try (Load load = new Load(mysql, schema)) {
            await().atMost(TestServers.LIMIT).until(() -> status(instance).entries() > 300);
            TestServers.broker().makeQueuesLasting();
            TestServers.broker().kill9();
            TestServers.broker().restart();
            await().atMost(Duration.ofSeconds(90)).until(() -> status(instance).epoch() >= 2);
            load.close();
            assertLogIsTheTable(load, 2);
        } finally {
            instance.stop();
        }
    }

    @Test
    void aSecondInstanceTakesOverWithinEightSeconds() throws Exception {
        try (TcpProxy proxy =
                new TcpProxy(TestServers.broker().host(), TestServers.broker().port())) {
            CaptureInstance first = TestServers.startInstance(TestServers.connections(proxy), "first");
            awaitEpoch(first, 1);
            CaptureInstance second = TestServers.startInstance(TestServers.connections(), "second");
            try (Load load = new Load(mysql, schema)) {
                await().atMost(TestServers.LIMIT).until(() -> status(first).entries() > 300);
                assertThat(status(second).state()).isEqualTo(State.STANDBY);
                assertThat(second.health().health().getStatus().getCode()).isEqualTo("UP");

                long killed = System.nanoTime();
                proxy.refuse();
                awaitEpoch(second, 2);
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(8));
                await().atMost(TestServers.LIMIT).until(() -> status(second).entries() > 300);
                load.close();
                assertLogIsTheTable(load, 2);
            } finally {
                first.stop();
                second.stop();
            }
        }
    }

    @Test
    void aProcessKilledWithoutWarningIsReplacedByAnother(@TempDir Path directory) throws Exception {
        try (ServiceProcess first =
                ServiceProcess.start(TestServers.process("128m", directory.resolve("capture.log")))) {
            first.awaitHealthy(Duration.ofSeconds(90));
            try (LogReader log = TestServers.awaitLog(name)) {
                log.readUntil(() -> !log.claims().isEmpty());
                killUnderLoad(first, log);
            }
        }
    }

    private void killUnderLoad(ServiceProcess first, LogReader log) throws Exception {
        CaptureInstance second = TestServers.startInstance(TestServers.connections(), "second");
        try (Load load = new Load(mysql, schema)) {
            log.readUntil(() -> log.entries().size() > 300);
            await().atMost(TestServers.LIMIT)
                    .until(() -> !second.captures().status().isEmpty()
                            && status(second).state() == State.STANDBY);
            long killed = System.nanoTime();
            first.kill9();
            awaitEpoch(second, 2);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(8));
            load.close();
            assertLogIsTheTable(load, 2);
        } finally {
            second.stop();
        }
    }

    @Test
    void aStoppedInstanceHasPublishedAllThatItReadAndGivesTheLockUp() throws Exception {
        CaptureInstance first = TestServers.startInstance(TestServers.connections(), "first");
        awaitEpoch(first, 1);
        try (Load load = new Load(mysql, schema)) {
            await().atMost(TestServers.LIMIT).until(() -> status(first).entries() > 300);
            first.stop();
            CaptureInstance second = TestServers.startInstance(TestServers.connections(), "second");
            try {
                awaitEpoch(second, 2);
                load.close();
                LogReader log = assertLogIsTheTable(load, 2);
                assertThat(log.again())
                        .as("entries published twice after an orderly stop")
                        .isZero();
                assertThat(log.ignored()).isZero();
            } finally {
                second.stop();
            }
        }
    }

    private LogReader assertLogIsTheTable(Load load, int epochs) throws Exception {
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".done", 1);
            log.assertTransactionsAreWhole();
            assertThat(log.contents(schema + ".plain")).isEqualTo(load.contents("plain"));
            assertThat(log.contents(schema + ".uniq")).isEqualTo(load.contents("uniq"));
            assertThat(log.claims()).hasSizeGreaterThanOrEqualTo(epochs);
            return log;
        }
    }

    private static void awaitEpoch(CaptureInstance instance, long epoch) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(TestServers.LIMIT)
                .until(() -> !instance.captures().status().isEmpty()
                        && status(instance).state() == State.RUNNING
                        && status(instance).epoch() >= epoch);
    }

    private static CaptureStatus status(CaptureInstance instance) {
        return instance.captures().status().get(0);
    }
}
