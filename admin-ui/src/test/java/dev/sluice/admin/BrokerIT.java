package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.StreamReader;
import dev.sluice.broker.StreamRecord;
import dev.sluice.broker.StreamStart;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.State;
import dev.sluice.change.status.StatusCodec;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Publishing configurations and receiving status, through a real broker that comes and goes. */
class BrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SOURCE =
            "{'name':'a','kind':'MYSQL','host':'127.0.0.1','port':1,'username':'u','password':'s3cr3t','capture':{}}";
    private static final String CHANNEL =
            "{'name':'c','pipelines':[{'name':'p','source':'a','target':'b','state':'RUNNING','partitions':2,"
                    + "'mappings':[{'schema':'s','table':'t'}]}]}";

    private static RabbitMqServer broker;

    @TempDir
    private Path data;

    @BeforeAll
    static void startBroker() {
        broker = RabbitMqServer.start(ServerOptions.defaults(), Set.of());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void publishesWhatWasChangedWhileTheBrokerWasDownAndTakesItBackWhenTheDatabaseIsLost(@TempDir Path newDatabase)
            throws Exception {
        broker.stop();
        try (AdminServer admin = AdminServer.start(data, broker.amqpUri())) {
            long version = configure(admin);
            assertThat(admin.get("status").json().at("/broker/connected").asBoolean())
                    .isFalse();

            broker.restart();
            awaitPublished(admin, version);
            Configuration published = lastPublished();
            assertThat(published.version()).isEqualTo(version);
            assertThat(published.pipeline("p")).isPresent();
            String password = published.dataSource("a").orElseThrow().password();
            assertThat(password).startsWith("enc:v1:");
            assertThat(new SecretCipher(AdminServer.SECRET_KEY).decrypt(password))
                    .isEqualTo("s3cr3t");

            admin.post("pipelines/p/pause", "");
            awaitPublished(admin, version + 1);

            broker.makeQueuesLasting();
            broker.kill9();
            await().atMost(PATIENCE)
                    .until(() ->
                            !admin.get("status").json().at("/broker/connected").asBoolean());
            admin.post("pipelines/p/stop", "");
            broker.restart();
            awaitPublished(admin, version + 2);
            assertThat(lastPublished().version()).isEqualTo(version + 2);
        }
        try (AdminServer admin = AdminServer.start(newDatabase, broker.amqpUri())) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(admin.get("channels").body()).contains("\"p\""));
            JsonNode history = admin.get("configuration/history").json();
            assertThat(history.get(0).path("author").asString()).isEqualTo("broker");
            assertThat(admin.post("pipelines/p/start", "")
                            .json()
                            .path("configVersion")
                            .asLong())
                    .isGreaterThan(history.get(0).path("version").asLong());
        }
    }

    @Test
    void showsWhatInstancesReport() throws Exception {
        try (AdminServer admin = AdminServer.start(data, broker.amqpUri());
                Connection connection = broker.connect();
                Channel channel = connection.createChannel()) {
            await().atMost(PATIENCE)
                    .until(() ->
                            admin.get("status").json().at("/broker/connected").asBoolean());
            admin.get("channels")
                    .json()
                    .forEach(one -> admin.delete("channels/" + one.path("name").asString()));
            admin.get("data-sources")
                    .json()
                    .forEach(one ->
                            admin.delete("data-sources/" + one.path("name").asString()));
            configure(admin);
            channel.exchangeDeclare(BrokerNames.STATUS_EXCHANGE, "fanout", true);
            long[] rows = {0};
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                rows[0] += 50;
                for (ServiceStatus status : reports(rows[0])) {
                    channel.basicPublish(
                            BrokerNames.STATUS_EXCHANGE,
                            "",
                            new AMQP.BasicProperties.Builder().type("status").build(),
                            StatusCodec.encode(status));
                }
                JsonNode status = admin.get("status").json();
                JsonNode pipeline = status.at("/channels/0/pipelines/0");
                assertThat(pipeline.path("state").asString())
                        .as(pipeline.toString())
                        .isEqualTo("RUNNING");
                assertThat(pipeline.path("captured").asLong())
                        .isGreaterThan(pipeline.path("dispatched").asLong());
                assertThat(pipeline.path("backlog").asLong()).isEqualTo(10 + 2 * 5);
                assertThat(pipeline.path("rowsPerSecond").asDouble()).isPositive();
                assertThat(pipeline.path("lagP99Micros").asLong()).isBetween(2_000L, 3_000L);
                assertThat(pipeline.path("partitions").size()).isEqualTo(2);
                assertThat(pipeline.at("/partitions/0/instance").asString()).isEqualTo("apply-1");
                assertThat(status.at("/sources/0/rowsPerSecond").asDouble()).isPositive();
                assertThat(status.path("instances").size()).isEqualTo(3);
                assertThat(status.at("/instances/0/alive").asBoolean()).isTrue();
            });
            // the gauges follow the status on a timer of their own
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            admin.get("/actuator/prometheus").body())
                    .contains("sluice_pipeline_backlog{pipeline=\"p\"}"));
            assertThat(admin.get("/actuator/health").status()).isEqualTo(200);
        }
    }

    private static List<ServiceStatus> reports(long rows) {
        Instant now = Instant.now();
        long micros = now.toEpochMilli() * 1000;
        LagHistogram lag = new LagHistogram();
        lag.record(2_000, rows);
        CaptureStatus capture = new CaptureStatus(
                "a", State.RUNNING, 1, 2 * rows + 20, 2 * rows + 20, 0, "bin.1", 4, null, micros, micros, null);
        DispatchStatus dispatch = new DispatchStatus(
                "p",
                State.RUNNING,
                1,
                1,
                1,
                2 * rows + 10,
                0,
                0,
                1,
                List.of(rows + 5, rows + 5),
                micros,
                null,
                null,
                null);
        List<PartitionStatus> partitions = Stream.of(0, 1)
                .map(partition -> new PartitionStatus(
                        "p", partition, State.RUNNING, 1, rows, rows, 0, 0, 0, micros, 0, 0, lag.counts(), null))
                .toList();
        return List.of(
                new ServiceStatus("capture", "capture-1", "1", now, 1, List.of(capture), List.of(), List.of()),
                new ServiceStatus("dispatcher", "dispatcher-1", "1", now, 1, List.of(), List.of(dispatch), List.of()),
                new ServiceStatus("apply", "apply-1", "1", now, 1, List.of(), List.of(), partitions));
    }

    private static long configure(AdminServer admin) {
        assertThat(admin.post("data-sources", SOURCE).status()).isEqualTo(201);
        assertThat(admin.post("data-sources", SOURCE.replace("'a'", "'b'")).status())
                .isEqualTo(201);
        assertThat(admin.post("channels?check=false", CHANNEL).status()).isEqualTo(201);
        return admin.get("configuration").json().path("version").asLong();
    }

    private static void awaitPublished(AdminServer admin, long version) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(admin.get("status")
                        .json()
                        .at("/broker/publishedVersion")
                        .asLong())
                .isEqualTo(version));
    }

    private static Configuration lastPublished() throws Exception {
        Configuration last = Configuration.EMPTY;
        try (Connection connection = new BrokerConnections(broker.amqpUri()).open("test")) {
            Topology.configStream(connection.createChannel());
            try (StreamReader reader = new StreamReader(connection, BrokerNames.CONFIG_STREAM, StreamStart.FIRST)) {
                StreamRecord record = reader.poll(Duration.ofSeconds(20));
                while (record != null) {
                    if ("configuration".equals(record.type())) {
                        last = ConfigurationCodec.decode(record.body());
                    }
                    record = reader.poll(Duration.ofSeconds(2));
                }
            }
        }
        return last;
    }
}
