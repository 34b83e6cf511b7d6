package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.sluice.capture.takeover.SchemaLog;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.schema.TableDefinition;
import dev.sluice.change.schema.TableVersion;
import dev.sluice.change.schema.VersionPlace;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source whose servers do not log the names of columns: what is known of its tables holds on its other servers, too. */
class BareFailoverIT {
    private static final Logger LOG = LoggerFactory.getLogger(BareFailoverIT.class);
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final int TABLES = 2;
    /** More versions than are kept without need. */
    private static final int VERSIONS = 1_200;

    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private final Replication replication = new Replication(name);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> writers = new ArrayList<>();
    private volatile boolean enough;

    @Test
    @Tag("extended")
    void rowsKeepTheirColumnsOnThePromotedReplica() throws Exception {
        ServerOptions options = ServerOptions.defaults().with("--binlog-row-metadata=MINIMAL");
        try (MySqlServer first = MySqlServer.start(MySqlVersion.V8_0_15, options);
                MySqlServer second = MySqlServer.start(MySqlVersion.V8_0_15, options)) {
            goesOver(first, second);
        }
    }

    @Test
    @Tag("extended")
    void rowsKeepTheirColumnsOnAPromotedMariaDb() throws Exception {
        ServerOptions options = ServerOptions.defaults().with("--log-slave-updates=ON", "--binlog-row-metadata=NO_LOG");
        try (MariaDbServer first = MariaDbServer.start(MariaDbVersion.V10_11_5, options);
                MariaDbServer second = MariaDbServer.start(MariaDbVersion.V10_11_5, options)) {
            goesOver(first, second);
        }
    }

    private void goesOver(DatabaseServer first, DatabaseServer second) throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        LOG.info("seed {} (-Dsluice.seed={})", seed, seed);
        Random random = new Random(seed);
        replication.account(first);
        replication.account(second);
        replication.follow(second, first);
        first.execute("CREATE DATABASE " + schema);
        try (TcpProxy proxy = new TcpProxy(first.host(), first.port())) {
            TestServers.configure(replication.source(first, proxy.port(), second, CaptureSettings.fromNow()));
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
            try (LogReader log = TestServers.awaitLog(name)) {
                await().atMost(LIMIT).until(() -> running(instance));
                writeMany();
                List<ChangingTable> tables = start(first, "before", random);
                log.readUntil(() -> log.entries().size() > 200);
                // what follows is read on the other server alone, with what was known here
                proxy.refuse();
                Thread.sleep(500 + random.nextInt(1000));
                settle(tables);
                Replication.promote(second, first);
                judge(log, tables);
                assertThat(log.claims()).hasSize(2);
                assertThat(history()).as("versions after the checkpoint").isLessThan(VERSIONS);

                tables = start(second, "between", random);
                replication.follow(first, second);
                int entries = log.entries().size();
                log.readUntil(() -> log.entries().size() > entries + 100);
                settle(tables);
                judge(log, tables);
                proxy.restore();
                second.execute("SET GLOBAL read_only = 1");
                Replication.promote(first, second);
                await().atMost(LIMIT)
                        .until(() -> running(instance) && status(instance).epoch() == 3);
                tables = start(first, "after", random);
                settle(tables);
                judge(log, tables);
                log.assertTransactionsAreWhole();
                assertThat(status(instance).stopped()).isNull();
            } finally {
                enough = true;
                threads.shutdownNow();
                instance.stop();
            }
        }
    }

    private List<ChangingTable> start(DatabaseServer server, String when, Random random) {
        enough = false;
        List<ChangingTable> tables = IntStream.range(0, TABLES)
                .mapToObj(i -> new ChangingTable(server, schema, when + i, new Random(random.nextLong())))
                .toList();
        for (ChangingTable table : tables) {
            writers.add(threads.submit(() -> {
                table.run(() -> enough);
                return null;
            }));
        }
        return tables;
    }

    private void settle(List<ChangingTable> tables) throws Exception {
        Thread.sleep(500);
        enough = true;
        for (Future<?> writer : writers) {
            writer.get(120, TimeUnit.SECONDS);
        }
        writers.clear();
        assertThat(tables).isNotEmpty();
    }

    private static void judge(LogReader log, List<ChangingTable> tables) throws Exception {
        for (ChangingTable table : tables) {
            log.readRows(table.done(), 1);
            assertThat(table.settled(log)).as(table.name()).isEqualTo(table.selected());
        }
        long judged = log.entries().stream()
                .filter(entry -> entry.table() != null && !entry.tableName().contains("done_"))
                .peek(ChangingTable::judge)
                .count();
        LOG.info("{} rows so far", judged);
    }

    /** Fills the history, so that whoever takes over writes a checkpoint. */
    private void writeMany() throws Exception {
        TableDefinition definition = new TableDefinition("utf8mb4_bin", List.of(), List.of());
        TableVersion.Name other = new TableVersion.Name("elsewhere", "t");
        VersionPlace place = new VersionPlace("somewhere", "mysql-bin.000001", 4, null, true, 0);
        try (Connection connection = TestServers.connections().open("history");
                SchemaLog history = SchemaLog.open(connection, name)) {
            history.append(IntStream.range(0, VERSIONS)
                    .mapToObj(i -> TableVersion.known(place, "statement " + i, definition, other))
                    .toList());
        }
    }

    private int history() throws Exception {
        try (Connection connection = TestServers.connections().open("history");
                SchemaLog history = SchemaLog.open(connection, name)) {
            return history.history().size();
        }
    }

    private static boolean running(CaptureInstance instance) {
        return !instance.captures().status().isEmpty() && status(instance).state() == State.RUNNING;
    }

    private static CaptureStatus status(CaptureInstance instance) {
        return instance.captures().status().get(0);
    }
}
