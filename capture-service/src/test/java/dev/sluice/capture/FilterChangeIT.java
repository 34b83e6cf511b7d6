package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.ChangeKind;
import dev.sluice.change.message.RowOp;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.MySqlServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Filters change under load while the capture is killed at random moments: each transaction is in the log once, whole by
 * one filter, the one that its message names.
 */
class FilterChangeIT {
    private static final Logger LOG = LoggerFactory.getLogger(FilterChangeIT.class);
    private static final Duration PACE = Duration.ofMillis(40);
    /** So that most transactions need several messages. */
    private static final int WIDE = 16_000;

    private static final int MANY = 600;

    private final MySqlServer mysql = TestServers.mysql();
    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private final AtomicInteger transactions = new AtomicInteger();
    private volatile boolean enough;
    private volatile @Nullable SQLException failure;

    @BeforeEach
    void prepare() {
        mysql.execute(
                "CREATE DATABASE " + schema,
                "CREATE TABLE " + schema + ".a (n INT PRIMARY KEY, secret VARCHAR(20), v INT)",
                "CREATE TABLE " + schema + ".b (n INT, i INT, wide TEXT, PRIMARY KEY (n, i))");
    }

    @AfterEach
    void drop() {
        mysql.execute("DROP DATABASE " + schema);
    }

    @Test
    @Tag("extended")
    void eachTransactionIsLoggedOnceByOneFilter(@TempDir Path directory) throws Exception {
        run(15, directory);
    }

    /** The log ends inside a transaction when another filter is set: the rest of it is counted, and logged, by the old one. */
    @Test
    void aTransactionBegunByOneFilterEndsByIt() throws Exception {
        CaptureFilter withoutB =
                new CaptureFilter(List.of(), List.of(schema + ".b"), null, null, List.of(), List.of(), true);
        TestServers.configure(TestServers.source(name, mysql, withoutB));
        mysql.execute("CREATE TABLE " + schema + ".wide (n INT PRIMARY KEY, v LONGTEXT)");
        CaptureInstance first = TestServers.startInstance(TestServers.connections(), "first");
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            manyRows();
            log.readUntil(() -> log.rows(schema + ".wide").size() >= 10);
            first.stop();
            TestServers.configure(TestServers.source(name, mysql));
            CaptureInstance second = TestServers.startInstance(TestServers.connections(), "second");
            try {
                log.readUntil(() -> log.claims().size() == 2);
                assertThat(log.claims().get(1).after()
                                - log.claims().get(1).resume().seq())
                        .as("the first capture was stopped within the transaction")
                        .isBetween(1L, MANY - 1L);
                log.readUntil(() -> log.rows(schema + ".wide").size() >= MANY);
                mysql.execute("INSERT INTO " + schema + ".b VALUES (1, 1, 'new')");
                log.readUntil(() -> !log.rows(schema + ".b").isEmpty());
                assertThat(log.rows(schema + ".wide")).hasSize(MANY).allMatch(row -> log.filterOf(row)
                        .equals(withoutB));
                assertThat(log.rows(schema + ".b")).hasSize(1).allMatch(row -> row.cells()
                        .contains("new"));
                log.assertTransactionsAreWhole();
            } finally {
                second.stop();
            }
        } finally {
            first.stop();
        }
    }

    private void manyRows() throws SQLException {
        try (Connection connection = mysql.connect(schema);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int n = 0; n < MANY; n++) {
                statement.executeUpdate("INSERT INTO wide VALUES (" + n + ", REPEAT('w', 100000))");
                statement.executeUpdate("INSERT INTO b VALUES (0, " + n + ", 'old')");
            }
            connection.commit();
        }
    }

    private void run(int kills, Path directory) throws Exception {
        long seed = System.nanoTime();
        LOG.info("seed {}", seed);
        Random random = new Random(seed);
        List<CaptureFilter> choices = filters();
        TestServers.configure(TestServers.source(name, mysql));
        Thread load = new Thread(this::load, "load");
        CaptureFilter last = CaptureFilter.NONE;
        ServiceProcess capture = ServiceProcess.start(TestServers.process("192m", directory.resolve("capture.log")));
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            load.start();
            for (int kill = 1; kill <= kills; kill++) {
                int claims = log.claims().size();
                int before = log.entries().size();
                log.readUntil(() -> log.entries().size() > before + 50);
                last = choices.get(random.nextInt(choices.size()));
                TestServers.configure(TestServers.source(name, mysql, last));
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1500)).toNanos());
                last = choices.get(random.nextInt(choices.size()));
                TestServers.configure(TestServers.source(name, mysql, last));
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(700)).toNanos());
                capture.kill9();
                capture = ServiceProcess.start(TestServers.process("192m", directory.resolve("capture.log")));
                log.readUntil(() -> log.claims().size() > claims);
            }
            CaptureFilter wanted = last;
            log.readUntil(() -> !log.entries().isEmpty()
                    && log.filterOf(lastOf(log.entries())).equals(wanted));
            enough = true;
            load.join(Duration.ofSeconds(60).toMillis());
            assertThat((Throwable) failure).isNull();
            int all = transactions.get();
            log.readUntil(() -> lastNumber(log) == all && lastIsWhole(log, wanted));
            judge(log, all, wanted);
        } finally {
            enough = true;
            capture.close();
        }
    }

    private List<CaptureFilter> filters() {
        List<String> none = List.of();
        return List.of(
                CaptureFilter.NONE,
                new CaptureFilter(none, List.of(schema + ".b"), null, null, none, List.of(), true),
                new CaptureFilter(none, none, schema + "\\..*", null, List.of("*.a:secret"), List.of(), true),
                new CaptureFilter(none, none, null, null, none, List.of(ChangeKind.INSERT), false),
                new CaptureFilter(none, none, null, schema + "\\.b", List.of("*.a:v"), List.of(), true));
    }

    private void load() {
        try (Connection connection = mysql.connect(schema);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int n = 1; !enough; n++) {
                statement.executeUpdate("INSERT INTO a VALUES (" + n + ", 'hush', 0)");
                for (int i = 0; i < wideRows(n); i++) {
                    statement.executeUpdate("INSERT INTO b VALUES (" + n + ", " + i + ", REPEAT('x', " + WIDE + "))");
                }
                statement.executeUpdate("UPDATE a SET v = 1 WHERE n = " + n);
                statement.executeUpdate("INSERT INTO b VALUES (" + n + ", 1000, 'y')");
                connection.commit();
                transactions.incrementAndGet();
                LockSupport.parkNanos(PACE.toNanos());
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    private static int wideRows(int n) {
        return n % 7;
    }

    /** What a filter lets through of transaction {@code n}: operation, table, and the cells but for the wide one. */
    private List<String> expected(int n, CaptureFilter filter) {
        List<String> rows = new ArrayList<>();
        boolean b = filter.takes(schema, "b");
        rows.add("INSERT a " + cells(n, 0, filter));
        for (int i = 0; b && i < wideRows(n); i++) {
            rows.add("INSERT b [" + n + ", " + i + "]");
        }
        if (filter.takes(ChangeKind.UPDATE) && filter.takes(schema, "a", "v")) {
            rows.add("UPDATE a " + cells(n, 1, filter));
        }
        if (b) {
            rows.add("INSERT b [" + n + ", 1000]");
        }
        return rows;
    }

    private List<String> cells(int n, int v, CaptureFilter filter) {
        List<String> cells = new ArrayList<>(List.of(String.valueOf(n)));
        if (filter.takes(schema, "a", "secret")) {
            cells.add("hush");
        }
        if (filter.takes(schema, "a", "v")) {
            cells.add(String.valueOf(v));
        }
        return cells;
    }

    private static String seen(LogReader.Entry entry) {
        String table = entry.tableName().substring(entry.tableName().indexOf('.') + 1);
        return entry.op() + " " + table + " "
                + (table.equals("b") ? entry.cells().subList(0, 2) : entry.cells());
    }

    private boolean lastIsWhole(LogReader log, CaptureFilter filter) {
        List<String> rows = expected(transactions.get(), filter);
        return seen(lastOf(log.entries())).equals(rows.get(rows.size() - 1));
    }

    private void judge(LogReader log, int all, CaptureFilter wanted) {
        log.assertTransactionsAreWhole();
        List<LogReader.Entry> entries = log.entries();
        int at = 0;
        int changes = 0;
        CaptureFilter before = CaptureFilter.NONE;
        for (int n = 1; n <= all; n++) {
            CaptureFilter filter = log.filterOf(entries.get(at));
            changes += filter.equals(before) ? 0 : 1;
            before = filter;
            List<String> rows = expected(n, filter);
            List<LogReader.Entry> found = entries.subList(at, Math.min(at + rows.size(), entries.size()));
            assertThat(found)
                    .extracting(FilterChangeIT::seen)
                    .as("transaction %d by %s", n, filter)
                    .isEqualTo(rows);
            assertThat(found).allMatch(entry -> log.filterOf(entry).equals(filter));
            at += rows.size();
        }
        assertThat(at).isEqualTo(entries.size());
        assertThat(before).isEqualTo(wanted);
        assertThat(entries).noneMatch(entry -> entry.op() == RowOp.DELETE);
        LOG.info(
                "{} transactions, {} entries, {} changes of the filter, {} claims, {} entries again, {} ignored",
                all,
                entries.size(),
                changes,
                log.claims().size(),
                log.again(),
                log.ignored());
    }

    private static int lastNumber(LogReader log) {
        return log.entries().isEmpty()
                ? 0
                : Integer.parseInt(String.valueOf(lastOf(log.entries()).cells().get(0)));
    }

    private static <T> T lastOf(List<T> list) {
        return list.get(list.size() - 1);
    }
}
