package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.SourcePositions;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.CaptureSettings.StartPosition;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.PositionReset;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.StoppedTable;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.MariaDbVersion;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sources that do not log the names of columns: rows keep the right ones while tables change and captures are killed. */
class BareSourceIT {
    private static final Logger LOG = LoggerFactory.getLogger(BareSourceIT.class);
    private static final int TABLES = 3;
    /** A process begins slowly where writers and servers share its processors. */
    private static final Duration START = Duration.ofMinutes(5);

    private static final class Minimal {
        static final MySqlServer SERVER =
                MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults().with("--binlog-row-metadata=MINIMAL"));
    }

    /** Other servers of which the log has even less. */
    private enum Bare {
        MYSQL_5_7,
        MARIADB_10_11_NO_LOG;

        DatabaseServer start() {
            return this == MYSQL_5_7
                    ? MySqlServer.start(MySqlVersion.V5_7_22, ServerOptions.defaults())
                    : MariaDbServer.start(
                            MariaDbVersion.V10_11_5, ServerOptions.defaults().with("--binlog-row-metadata=NO_LOG"));
        }
    }

    /** How long tables change while nobody reads. */
    private static final Duration AWAY = Duration.ofMillis(300);

    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private volatile boolean enough;
    private volatile boolean wait;

    @AfterAll
    static void stop() {
        Minimal.SERVER.close();
    }

    @Test
    void rowsKeepTheirColumnsWhileTablesChange() throws Exception {
        run(Minimal.SERVER, 2, BareSourceIT::startInstance);
    }

    @ParameterizedTest
    @EnumSource(Bare.class)
    @Tag("extended")
    void rowsKeepTheirColumnsOnOtherServers(Bare bare) throws Exception {
        try (DatabaseServer server = bare.start()) {
            run(server, 6, BareSourceIT::startInstance);
        }
    }

    @Test
    @Tag("extended")
    void rowsKeepTheirColumnsWhileCapturesAreKilled() throws Exception {
        Path directory = Path.of("target", "bare-source-kills");
        Files.createDirectories(directory);
        run(
                Minimal.SERVER,
                3,
                () -> ServiceProcess.start(TestServers.process("192m", directory.resolve("capture.log")))
                        .awaitHealthy(START)::kill9);
    }

    /** A capture, and how it ends. */
    private static Runnable startInstance() {
        return TestServers.startInstance(TestServers.connections(), "capture")::stop;
    }

    private void run(DatabaseServer server, int takeOvers, Callable<Runnable> start) throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        LOG.info("seed {} (-Dsluice.seed={})", seed, seed);
        Random random = new Random(seed);
        server.execute("CREATE DATABASE " + schema);
        TestServers.configure(TestServers.source(name, server));
        List<ChangingTable> tables = new ArrayList<>();
        List<Future<?>> writers = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        Runnable end = start.call();
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            for (int i = 0; i < TABLES; i++) {
                ChangingTable table = new ChangingTable(server, schema, "t" + i, new Random(random.nextLong()));
                tables.add(table);
                writers.add(threads.submit(() -> {
                    table.run(() -> enough, () -> wait);
                    return null;
                }));
            }
            for (int takeOver = 1; takeOver <= takeOvers; takeOver++) {
                int claims = log.claims().size();
                int before = log.entries().size();
                log.readUntil(() -> log.entries().size() > before + 200);
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1000)).toNanos());
                end.run();
                LockSupport.parkNanos(AWAY.toNanos());
                wait = true; // or what is written while a process begins would take minutes to read
                end = start.call();
                wait = false;
                log.readUntil(() -> log.claims().size() > claims);
            }
            enough = true;
            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            for (ChangingTable table : tables) {
                log.readRows(table.done(), 1);
                assertThat(table.settled(log)).as(table.name()).isEqualTo(table.selected());
            }
            long judged = log.entries().stream()
                    .filter(entry -> entry.table() != null && !entry.tableName().contains("done_"))
                    .peek(ChangingTable::judge)
                    .count();
            log.assertTransactionsAreWhole();
            long ddl =
                    log.entries().stream().filter(entry -> entry.sql() != null).count();
            LOG.info("{} rows and {} statements with {} take-overs", judged, ddl, takeOvers);
            assertThat(ddl).isGreaterThan(TABLES * 5);
        } finally {
            enough = true;
            threads.shutdownNow();
            end.run();
            server.execute("DROP DATABASE " + schema);
        }
    }

    /** Of a table that was changed before anybody looked at it, what it was is not known; others are read. */
    @Test
    void aTableOfUnknownColumnsIsLeftOutAlone() throws Exception {
        MySqlServer mysql = Minimal.SERVER;
        mysql.execute(
                "CREATE DATABASE " + schema,
                "CREATE TABLE " + schema + ".changed (id INT PRIMARY KEY, a INT, b INT)",
                "CREATE TABLE " + schema + ".same (id INT PRIMARY KEY, a INT)");
        FilePosition start = end(mysql);
        mysql.execute(
                "INSERT INTO " + schema + ".changed VALUES (1, 1, 2)",
                "INSERT INTO " + schema + ".same VALUES (1, 1)",
                "ALTER TABLE " + schema + ".changed CHANGE a x INT, CHANGE b a INT",
                "INSERT INTO " + schema + ".changed VALUES (2, 1, 2)",
                "INSERT INTO " + schema + ".same VALUES (2, 2)");
        StartPosition position = new StartPosition(StartPosition.Mode.FILE, start.file(), start.offset(), null);
        CaptureSettings settings = settings(position);
        TestServers.configure(TestServers.source(name, mysql, mysql.host(), mysql.port(), settings));
        CaptureInstance capture = TestServers.startInstance(TestServers.connections(), "capture");
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readRows(schema + ".same", 2);
            assertThat(log.rows(schema + ".changed")).isEmpty();
            List<StoppedTable> stopped = await().atMost(TestServers.LIMIT)
                    .until(() -> status(capture).stopped(), found -> found != null);
            assertThat(stopped).singleElement().satisfies(table -> {
                assertThat(table.table()).isEqualTo("changed");
                assertThat(table.since()).isEqualTo(start.toString());
                assertThat(table.reason()).contains("ALTER TABLE").contains("snapshot");
            });
            mysql.execute(
                    "DROP TABLE " + schema + ".changed",
                    "CREATE TABLE " + schema + ".changed (id INT PRIMARY KEY, z INT)",
                    "INSERT INTO " + schema + ".changed VALUES (3, 4)");
            log.readRows(schema + ".changed", 1);
            assertThat(log.rows(schema + ".changed").get(0).cell("z")).isEqualTo("4");
            await().atMost(TestServers.LIMIT).until(() -> status(capture).stopped() == null);
        } finally {
            capture.stop();
            mysql.execute("DROP DATABASE " + schema);
        }
    }

    /** Who goes back to an old place reads the rows there with the columns of then. */
    @Test
    void oldRowsAreReadWithTheColumnsOfThen() throws Exception {
        MySqlServer mysql = Minimal.SERVER;
        mysql.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, a INT, b INT)");
        DataSource source = TestServers.source(name, mysql);
        TestServers.configure(source);
        CaptureInstance capture = TestServers.startInstance(TestServers.connections(), "capture");
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            await().atMost(TestServers.LIMIT).until(() -> status(capture).epoch() == 1);
            FilePosition start = end(mysql);
            mysql.execute(
                    "INSERT INTO " + schema + ".t VALUES (1, 10, 20)",
                    "ALTER TABLE " + schema + ".t CHANGE a x INT, CHANGE b a INT",
                    "INSERT INTO " + schema + ".t VALUES (2, 30, 40)",
                    "ALTER TABLE " + schema + ".t RENAME TO " + schema + ".u",
                    "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, c INT, d INT)",
                    "INSERT INTO " + schema + ".t VALUES (3, 50, 60)");
            log.readRows(schema + ".t", 3);
            StartPosition back = new StartPosition(StartPosition.Mode.FILE, start.file(), start.offset(), null);
            CaptureSettings settings = settings(source.capture().start()).withReset(new PositionReset(7, back));
            TestServers.configure(TestServers.source(name, mysql, mysql.host(), mysql.port(), settings));
            log.readRows(schema + ".t", 6);
            for (int i = 0; i < 6; i += 3) {
                List<LogReader.Entry> rows = log.rows(schema + ".t").subList(i, i + 3);
                assertThat(rows.get(0).cell("a")).isEqualTo("10");
                assertThat(rows.get(0).cell("b")).isEqualTo("20");
                assertThat(rows.get(1).cell("x")).isEqualTo("30");
                assertThat(rows.get(1).cell("a")).isEqualTo("40");
                assertThat(rows.get(2).cell("c")).isEqualTo("50");
            }
            assertThat(status(capture).stopped()).isNull();
        } finally {
            capture.stop();
            mysql.execute("DROP DATABASE " + schema);
        }
    }

    private static CaptureSettings settings(StartPosition start) {
        return CaptureSettings.fromNow().withStart(start);
    }

    private static FilePosition end(MySqlServer mysql) throws Exception {
        SourceAddress address =
                new SourceAddress(mysql.host(), mysql.port(), mysql.user(), mysql.password(), TlsOptions.preferred());
        return SourcePositions.of(address, TestServers.LIMIT).current();
    }

    private static CaptureStatus status(CaptureInstance instance) {
        return instance.captures().status().get(0);
    }
}
