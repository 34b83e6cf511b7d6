package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.StreamReader;
import dev.sluice.broker.StreamRecord;
import dev.sluice.broker.StreamStart;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.message.CellText;
import dev.sluice.change.message.LineKind;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowLine;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.MariaDbVersion;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions and rows as large as they come, with the heap that operations.md says they need. */
@Tag("extended")
class HugeChangesIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** The client needs twice a message's size in the heap of this JVM. */
    private static final int LARGEST_READ = 100_000_000;

    private final String name = TestServers.newName();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTransactionOfTwoGigabytesNeedsNoMoreThanTheUsualHeap(boolean mariaDb, @TempDir Path directory)
            throws Exception {
        try (DatabaseServer server = start(mariaDb)) {
            run(server, "256m", directory, 20_000, 100_000);
        }
    }

    @Test
    void aRowOf64MegabytesNeedsFiveTimesItsSize(@TempDir Path directory) throws Exception {
        try (DatabaseServer server = start(false)) {
            run(server, "384m", directory, 1, 64_000_000);
        }
    }

    @Test
    void aRowOf500MegabytesNeedsFiveTimesItsSize(@TempDir Path directory) throws Exception {
        try (DatabaseServer server = start(false)) {
            run(server, "2600m", directory, 1, 500_000_000);
        }
    }

    private static DatabaseServer start(boolean mariaDb) {
        ServerOptions options = ServerOptions.defaults().with("--max-allowed-packet=1G");
        return mariaDb
                ? MariaDbServer.start(MariaDbVersion.V10_11_5, options)
                : MySqlServer.start(MySqlVersion.V8_0_15, options);
    }

    private void run(DatabaseServer server, String heap, Path directory, int rows, int size) throws Exception {
        DataSource source = TestServers.source(name, server);
        server.execute("CREATE DATABASE huge", "CREATE TABLE huge.t (id INT PRIMARY KEY, v LONGTEXT)");
        TestServers.configure(source);
        try (ServiceProcess service =
                ServiceProcess.start(TestServers.process(heap, directory.resolve("capture.log")))) {
            service.awaitHealthy(Duration.ofSeconds(120));
            TestServers.awaitLog(name).close();
            insert(server, 0, rows, size);
            long started = System.nanoTime();
            if (size <= LARGEST_READ) {
                check(rows, size);
            } else {
                insert(server, 100_000, 1, 10);
                awaitLogged(service, 2);
            }
            System.out.printf(
                    "HugeChangesIT %s: %,d rows of %,d bytes in one transaction, -Xmx%s, logged and read in %d s%n",
                    server.getClass().getSimpleName(), rows, size, heap, (System.nanoTime() - started) / 1_000_000_000);
        }
    }

    /** Rows of different contents, so that nothing gains by compressing or comparing them. */
    private static void insert(DatabaseServer server, int first, int rows, int size) throws Exception {
        try (Connection connection = server.connect("huge");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int from = first; from < first + rows; from += 100) {
                StringBuilder insert = new StringBuilder("INSERT INTO t VALUES ");
                for (int id = from; id < Math.min(first + rows, from + 100); id++) {
                    insert.append(id == from ? "(" : ",(")
                            .append(id)
                            .append(",REPEAT('")
                            .append((char) ('a' + id % 26))
                            .append("',")
                            .append(size)
                            .append("))");
                }
                statement.execute(insert.toString());
            }
            connection.commit();
        }
    }

    /** A message behind one that fills the publisher's window is published when that one is confirmed. */
    private void awaitLogged(ServiceProcess service, int entries) {
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(
                        HttpClient.newHttpClient()
                                .send(
                                        HttpRequest.newBuilder(service.managementUri("/actuator/prometheus"))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .body())
                .contains("sluice_capture_entries_total{source=\"" + name + "\"} " + (double) entries));
    }

    private void check(int rows, int size) throws IOException, InterruptedException {
        BrokerConnections connections = TestServers.connections();
        try (var connection = connections.open("oracle")) {
            StreamReader reader = new StreamReader(connection, BrokerNames.sourceLog(name), StreamStart.FIRST);
            long end = System.nanoTime() + LIMIT.toNanos();
            long next = 1;
            int found = 0;
            while (found < rows) {
                StreamRecord record = reader.poll(Duration.ofSeconds(1));
                assertThat(System.nanoTime())
                        .as("%d rows within %s", found, LIMIT)
                        .isLessThan(end);
                if (record != null) {
                    MessageHeader header = MessageHeader.of(record.type(), record.headers());
                    if (header.kind() == MessageHeader.Kind.CLAIM) {
                        assertThat(header.epoch())
                                .as("the capture was never restarted")
                                .isEqualTo(1);
                    } else if (header.entries() > 0) {
                        assertThat(header.seq()).isEqualTo(next);
                        next += header.entries();
                        found = rows(record.body(), found, size);
                    }
                }
            }
            reader.close();
        }
    }

    private static int rows(byte[] body, int from, int size) {
        int id = from;
        LineScanner lines = new LineScanner().over(body);
        while (lines.next()) {
            if (lines.kind() == LineKind.ROW) {
                RowLine row = new RowLine().head(lines).cells();
                assertThat(CellText.decode(body, row.cellStart(0), row.cellEndOf(0)))
                        .isEqualTo(Integer.toString(id));
                assertThat(row.cellEndOf(1) - row.cellStart(1)).isEqualTo(size + 2);
                assertThat((char) body[row.cellStart(1) + size / 2]).isEqualTo((char) ('a' + id % 26));
                id++;
            }
        }
        return id;
    }
}
