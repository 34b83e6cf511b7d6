package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.ServerOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeRowsIT {
    private static final int MANY = 200_000;
    private static final int LARGE = 20_000_000;

    private final MySqlServer mysql = TestServers.mysql();
    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private final DataSource source = TestServers.source(name, mysql);

    @BeforeEach
    void prepare() {
        mysql.execute(
                "CREATE DATABASE " + schema,
                "CREATE TABLE " + schema + ".many (id INT PRIMARY KEY, v VARCHAR(500))",
                "CREATE TABLE " + schema + ".large (id INT PRIMARY KEY, v LONGTEXT)");
    }

    @AfterEach
    void drop() {
        mysql.execute("DROP DATABASE " + schema);
    }

    /** About 100 MB in one transaction, and a heap of 64 MB. */
    @Test
    void aTransactionMayBeLargerThanTheHeap(@TempDir Path directory) throws Exception {
        TestServers.configure(source);
        try (ServiceProcess service =
                ServiceProcess.start(TestServers.process("64m", directory.resolve("capture.log")))) {
            service.awaitHealthy(Duration.ofSeconds(90));
            try (LogReader log = TestServers.awaitLog(name)) {
                log.readUntil(() -> !log.claims().isEmpty());
                insertMany();
                log.readRows(schema + ".many", MANY);
                log.assertTransactionsAreWhole();
                assertThat(log.claims()).hasSize(1);
                assertThat(metrics(service))
                        .contains("sluice_capture_entries_total{source=\"" + name + "\"} "
                                + (double) log.entries().size())
                        .contains("sluice_capture_owned{source=\"" + name + "\"} 1.0")
                        .contains("sluice_capture_lag_seconds");
                assertThat(log.largestMessage()).isLessThan(70_000);
                assertThat(log.rows(schema + ".many"))
                        .extracting(entry -> entry.cells().get(0))
                        .isEqualTo(IntStream.range(0, MANY)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    @Test
    void aRowOfTwentyMegabytesHasAMessageOfItsOwn() throws Exception {
        TestServers.configure(source);
        CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            mysql.execute("INSERT INTO " + schema + ".large VALUES (1, 'small'), (2, REPEAT('x', " + LARGE
                    + ")), (3, 'small')");
            log.readRows(schema + ".large", 3);
            assertThat(log.rows(schema + ".large").get(1).cells().get(1)).hasSize(LARGE);
            assertThat(log.largestMessage()).isGreaterThan(LARGE);
            log.assertTransactionsAreWhole();
        } finally {
            instance.stop();
        }
    }

    @Test
    void aRowThatTheBrokerDoesNotTakeIsNotSkipped() throws Exception {
        try (RabbitMqServer small =
                RabbitMqServer.start(ServerOptions.defaults().with("max_message_size = 1000000"), Set.of())) {
            TestServers.configure(small, source);
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(small), "one");
            try (LogReader log = TestServers.awaitLog(small, name)) {
                log.readUntil(() -> !log.claims().isEmpty());
                mysql.execute("INSERT INTO " + schema + ".large VALUES (1, 'before'), (2, REPEAT('x', 2000000))");
                mysql.execute("INSERT INTO " + schema + ".large VALUES (3, 'behind')");
                await().atMost(TestServers.LIMIT).until(() -> status(instance).state() == State.FAILED);
                assertThat(status(instance).error())
                        .contains("max_message_size")
                        .contains("rabbitmq.conf")
                        .contains("1000000");
                assertThat(instance.health().health().getStatus().getCode()).isEqualTo("DOWN");

                small.rabbitmqctl("eval", "persistent_term:put(max_message_size, 536870912).");
                log.readRows(schema + ".large", 3);
                assertThat(log.rows(schema + ".large"))
                        .extracting(entry -> entry.cells().get(0))
                        .containsExactly("1", "2", "3");
                await().atMost(TestServers.LIMIT)
                        .until(() ->
                                instance.health().health().getStatus().getCode().equals("UP"));
            } finally {
                instance.stop();
            }
        }
    }

    private static String metrics(ServiceProcess service) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.managementUri("/actuator/prometheus"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void insertMany() throws Exception {
        try (Connection connection = mysql.connect(schema);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO many SELECT ? + n, REPEAT('v', 450) FROM "
                                + "(SELECT a.n + b.n * 10 + c.n * 100 n FROM digits a, digits b, digits c ORDER BY 1) numbers")) {
            connection.createStatement().execute("CREATE TABLE digits (n INT)");
            connection.createStatement().execute("INSERT INTO digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)");
            connection.setAutoCommit(false);
            for (int i = 0; i < MANY; i += 1_000) {
                insert.setInt(1, i);
                insert.executeUpdate();
            }
            connection.commit();
        }
    }

    private static CaptureStatus status(CaptureInstance instance) {
        return instance.captures().status().get(0);
    }
}
