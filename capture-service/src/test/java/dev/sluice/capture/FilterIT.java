package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.StreamReader;
import dev.sluice.broker.StreamRecord;
import dev.sluice.broker.StreamStart;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.ChangeKind;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.MySqlServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a filter leaves out is not in the source log, and costs no decoding. */
class FilterIT {
    private final MySqlServer mysql = TestServers.mysql();
    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private @Nullable CaptureInstance instance;

    @BeforeEach
    void prepare() {
        mysql.execute("CREATE DATABASE " + schema);
    }

    @AfterEach
    void drop() {
        if (instance != null) {
            instance.stop();
        }
        mysql.execute("DROP DATABASE " + schema);
    }

    @Test
    void leavesTablesKindsAndStatementsOut() throws Exception {
        CaptureFilter filter = new CaptureFilter(
                List.of(),
                List.of(schema + ".*_log"),
                schema + "\\\\..*",
                null,
                List.of(),
                List.of(ChangeKind.INSERT, ChangeKind.UPDATE),
                false);
        start(filter);
        mysql.execute(
                "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, v INT)",
                "CREATE TABLE " + schema + ".big_log (id INT PRIMARY KEY, v LONGTEXT)",
                "INSERT INTO " + schema + ".t VALUES (1, 1), (2, 2)",
                "INSERT INTO " + schema + ".big_log VALUES (1, REPEAT('x', 100000)), (2, REPEAT('y', 100000))",
                "UPDATE " + schema + ".t SET v = 3 WHERE id = 1",
                "DELETE FROM " + schema + ".t WHERE id = 2",
                "INSERT INTO " + schema + ".t VALUES (4, 4)");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".t", 4);
            assertThat(log.entries())
                    .extracting(LogReader.Entry::op)
                    .containsExactly(RowOp.INSERT, RowOp.INSERT, RowOp.UPDATE, RowOp.INSERT);
            log.assertTransactionsAreWhole();
            assertThat(log.entries()).allMatch(entry -> log.filterOf(entry).equals(filter));
        }
        assertThat(counted("sluice.capture.filtered.events")).isGreaterThanOrEqualTo(2);
        assertThat(counted("sluice.capture.filtered.bytes")).isGreaterThan(200_000);
    }

    /** A MariaDB or MySQL type that nobody knows, or rows without some columns, in a table left out must not matter. */
    @Test
    void rowsThatCouldNotBeReadFaithfullyDoNotMatterIfTheyAreLeftOut() throws Exception {
        start(new CaptureFilter(List.of(), List.of("*.narrow"), null, null, List.of(), List.of(), true));
        mysql.execute(
                "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)",
                "CREATE TABLE " + schema + ".narrow (id INT, a INT)",
                "SET SESSION binlog_row_image = MINIMAL",
                "INSERT INTO " + schema + ".narrow (a) VALUES (1)",
                "SET SESSION binlog_row_image = FULL",
                "INSERT INTO " + schema + ".t VALUES (1)");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".t", 1);
            assertThat(log.rows(schema + ".narrow")).isEmpty();
        }
    }

    @Test
    void aColumnLeftOutIsNowhereInTheLog() throws Exception {
        start(new CaptureFilter(
                List.of(), List.of(), null, null, List.of(schema + ".u*:secret/SECRET2"), List.of(), true));
        mysql.execute(
                "CREATE TABLE " + schema + ".users (secret VARCHAR(50), id INT PRIMARY KEY, v VARCHAR(20),"
                        + " secret2 VARCHAR(50) UNIQUE, w INT, UNIQUE (v, w))",
                "INSERT INTO " + schema + ".users VALUES ('hush-1', 1, 'a', 'hush-2', 5)",
                "UPDATE " + schema + ".users SET secret = 'hush-3'",
                "UPDATE " + schema + ".users SET v = 'b', secret2 = 'hush-4'",
                "UPDATE " + schema + ".users SET id = 2",
                "DELETE FROM " + schema + ".users");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".users", 4);
            List<LogReader.Entry> rows = log.rows(schema + ".users");
            assertThat(rows).as("an update of nothing but secrets is none").hasSize(4);
            assertThat(rows.get(0).table().columns()).extracting(Column::name).containsExactly("id", "v", "w");
            assertThat(rows.get(0).table().key()).containsExactly(0);
            assertThat(rows.get(0).table().unique()).containsExactlyInAnyOrder(List.of(), List.of(1, 2));
            assertThat(rows)
                    .extracting(LogReader.Entry::cells)
                    .containsExactly(
                            List.of("1", "a", "5"),
                            List.of("1", "b", "5"),
                            List.of("2", "b", "5"),
                            List.of("2", "b", "5"));
            assertThat(rows.get(2).firstCellBefore()).isEqualTo("1");
            assertThat(rows.get(3).key()).isEqualTo(rows.get(2).key());
        }
        assertThat(everythingLogged()).contains("\"w\"").doesNotContain("hush-").doesNotContain("secret2\"");
    }

    /** A row that would have filled the message, but of which nothing goes on, must not part a transaction from its end. */
    @Test
    void aTransactionThatEndsWithSecretsOnlyHasItsEnd() throws Exception {
        start(new CaptureFilter(List.of(), List.of(), null, null, List.of(schema + ".t:secret"), List.of(), true));
        mysql.execute(
                "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, secret VARCHAR(20), v MEDIUMTEXT)",
                "BEGIN",
                "INSERT INTO " + schema + ".t VALUES (1, 'hush-1', REPEAT('v', 64000))",
                "UPDATE " + schema + ".t SET secret = 'hush-2'",
                "COMMIT",
                "INSERT INTO " + schema + ".t VALUES (2, 'hush-3', 'w')");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".t", 2);
            log.assertTransactionsAreWhole();
        }
    }

    @Test
    void refusesToLeaveOutAKeyAndSaysWhich() throws Exception {
        start(new CaptureFilter(List.of(), List.of(), null, null, List.of(schema + ".*:ID"), List.of(), true));
        mysql.execute(
                "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, v INT)",
                "INSERT INTO " + schema + ".t VALUES (1, 1)");
        await().atMost(TestServers.LIMIT).until(() -> status().state() == State.FAILED);
        assertThat(status().error())
                .contains("capture.filter.excludeColumns")
                .contains("column id")
                .contains(schema + ".t");
        TestServers.configure(TestServers.source(name, mysql));
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".t", 1);
        }
    }

    /** Whoever includes a table and then writes to it will find the row, also on a source that was idle. */
    @Test
    void aChangedFilterIsInForceOnAnIdleSourceWhenItsCaptureRuns() throws Exception {
        mysql.execute(
                "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)",
                "CREATE TABLE " + schema + ".o (id INT PRIMARY KEY)");
        start(new CaptureFilter(List.of(), List.of(schema + ".t"), null, null, List.of(), List.of(), true));
        mysql.execute("INSERT INTO " + schema + ".t VALUES (1)", "INSERT INTO " + schema + ".o VALUES (1)");
        await().atMost(TestServers.LIMIT).until(() -> status().seq() > 0 && status().commitMicros() > 0);
        long epoch = status().epoch();
        TestServers.configure(TestServers.source(name, mysql));
        await().atMost(TestServers.LIMIT).until(() -> status().epoch() > epoch && status().state() == State.RUNNING);
        mysql.execute("INSERT INTO " + schema + ".t VALUES (2)");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".t", 1);
            assertThat(log.rows(schema + ".t").get(0).cells()).containsExactly("2");
            log.assertTransactionsAreWhole();
        }
    }

    private void start(CaptureFilter filter) throws Exception {
        TestServers.configure(TestServers.source(name, mysql, filter));
        CaptureInstance started = new CaptureInstance(
                TestServers.connections(), TestServers.CIPHER, "one", meters, Duration.ofSeconds(1));
        started.start();
        instance = started;
        await().atMost(TestServers.LIMIT).until(() -> status().state() == State.RUNNING);
    }

    private CaptureStatus status() {
        return await().atMost(TestServers.LIMIT)
                .until(
                        () -> java.util.Objects.requireNonNull(instance)
                                .captures()
                                .status(),
                        all -> !all.isEmpty())
                .get(0);
    }

    private double counted(String meter) {
        return meters.get(meter).tag("source", name).functionCounter().count();
    }

    private String everythingLogged() throws Exception {
        StringBuilder text = new StringBuilder();
        try (var connection = TestServers.connections().open("reader");
                StreamReader reader = new StreamReader(connection, BrokerNames.sourceLog(name), StreamStart.FIRST)) {
            for (StreamRecord record = reader.poll(Duration.ofSeconds(10));
                    record != null;
                    record = reader.poll(Duration.ofSeconds(1))) {
                text.append(new String(record.body(), StandardCharsets.UTF_8));
            }
        }
        // the statement that made the table names its columns; rows and table lines must not
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("{\"ddl\""))
                .toList()
                .toString();
    }
}
