package dev.sluice.redissink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.CacheRule;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.StatusCodec;
import dev.sluice.testsupport.servers.SharedServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service as a process would run it. */
class RedisSinkApplicationIT {
    private static final TableLine USERS = Entries.users(
            new CacheRule("app:{id}", CacheRule.Format.JSON, null),
            new Column("id", "int"),
            new Column("name", "varchar(9)"));

    @Test
    void bringsRowsToRedisAndTellsHowItDoes() throws Exception {
        BrokerConnections broker = new BrokerConnections(SharedServers.rabbit().amqpUri());
        Redis redis = new Redis(SharedServers.redis());
        List<ServiceStatus> reports = new CopyOnWriteArrayList<>();
        String pipeline = "app-" + UUID.randomUUID();
        try (Dispatcher dispatcher = new Dispatcher(broker, pipeline, 2);
                Connection listening = broker.open("test status");
                ConfigurableApplicationContext context = SpringApplication.run(
                        RedisSinkApplication.class,
                        "--server.port=0",
                        "--sluice.broker-uri=" + SharedServers.rabbit().amqpUri(),
                        "--sluice.secret-key=" + Redis.SECRET_KEY,
                        "--sluice.instance=cache-7")) {
            listen(listening, reports);
            dispatcher.configure(redis.target());
            dispatcher.send(0, new Entries().insert(USERS, "1", "\"a\""));
            dispatcher.send(1, new Entries().insert(USERS, "2", "\"b\"").insert(USERS, "3", "\"c\""));
            await().atMost(Duration.ofSeconds(60)).until(() -> dispatcher.everythingAt(redis));

            assertThat(redis.get("app:1")).isEqualTo("{\"id\":1,\"name\":\"a\"}");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(reports).anySatisfy(report -> {
                        assertThat(report.service()).isEqualTo("redis-sink");
                        assertThat(report.instance()).startsWith("cache-7-");
                        assertThat(report.partitions().stream()
                                        .filter(status -> status.pipeline().equals(pipeline))
                                        .mapToLong(PartitionStatus::rows)
                                        .sum())
                                .isEqualTo(3);
                    }));
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            assertThat(get(port, "/actuator/health")).contains("\"status\":\"UP\"", "\"redisSink\"");
            assertThat(get(port, "/actuator/prometheus"))
                    .contains("sluice_redis_entries_total", "sluice_redis_write_seconds", "sluice_sink_rows_total");
        }
    }

    private static void listen(Connection connection, List<ServiceStatus> reports) throws IOException {
        Channel channel = connection.createChannel();
        String queue = channel.queueDeclare().getQueue();
        channel.exchangeDeclare(BrokerNames.STATUS_EXCHANGE, "fanout", true);
        channel.queueBind(queue, BrokerNames.STATUS_EXCHANGE, "");
        channel.basicConsume(
                queue, true, (tag, delivery) -> reports.add(StatusCodec.decode(delivery.getBody())), tag -> {});
    }

    private static String get(String port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
