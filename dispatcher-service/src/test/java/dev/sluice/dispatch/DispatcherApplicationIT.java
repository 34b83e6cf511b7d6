package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.State;
import dev.sluice.change.status.StatusCodec;
import dev.sluice.testsupport.servers.SharedServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The service as it is started, with nothing but the broker's address. */
class DispatcherApplicationIT {
    @Test
    void followsTheConfigurationAndTellsHowItIs() throws Exception {
        RandomChanges history = new RandomChanges(61);
        try (Fixture fixture = new Fixture(SharedServers.rabbit())) {
            fixture.log().claim(1, 0);
            fixture.log().messages(1, history.next(100), new Random(1));
            fixture.test.configure(fixture.connection, TestPipeline.PLAIN);
            List<ServiceStatus> statuses = statuses(fixture);
            try (ConfigurableApplicationContext application = start(fixture.broker.amqpUri())) {
                String base = "http://127.0.0.1:"
                        + Objects.requireNonNull(application.getEnvironment().getProperty("local.server.port"));
                await().atMost(Fixture.PATIENCE)
                        .untilAsserted(() -> assertThat(statuses).anySatisfy(status -> {
                            assertThat(status.service()).isEqualTo("dispatcher");
                            assertThat(status.instance()).startsWith("test-");
                            assertThat(status.dispatches()).singleElement().satisfies(dispatch -> {
                                assertThat(dispatch.pipeline()).isEqualTo(fixture.test.name);
                                assertThat(dispatch.state()).isEqualTo(State.RUNNING);
                                assertThat(dispatch.sourceSeq())
                                        .isEqualTo(history.all().size());
                                assertThat(dispatch.commitMicros()).isPositive();
                            });
                        }));
                assertThat(get(base + "/actuator/health"))
                        .contains("\"status\":\"UP\"")
                        .contains("\"" + fixture.test.name + "\":\"RUNNING\"");
                await().atMost(Fixture.PATIENCE).untilAsserted(() -> assertThat(get(base + "/actuator/prometheus"))
                        .contains("sluice_dispatch_source_seq{pipeline=\"" + fixture.test.name + "\"} "
                                + (double) history.all().size()));
            }
            // closed in good order: everything is noted and nothing is under way
            List<JsonNode> states = fixture.states();
            assertThat(states.get(states.size() - 1).get("drained").asBoolean()).isTrue();
        }
    }

    @Test
    void refusesASettingItDoesNotKnow() {
        assertThatThrownBy(() -> start("amqp://127.0.0.1:1", "--sluice.broker-url=typo"))
                .hasStackTraceContaining("sluice.broker-url");
    }

    @Test
    void asksForTheBrokersAddress() {
        assertThatThrownBy(() -> start("")).hasStackTraceContaining("set SLUICE_BROKER_URI to amqp://");
    }

    @Test
    void isDownButStartsWhileTheBrokerIsAway() throws Exception {
        try (ConfigurableApplicationContext application = start("amqp://guest:guest@127.0.0.1:1")) {
            String base = "http://127.0.0.1:"
                    + Objects.requireNonNull(application.getEnvironment().getProperty("local.server.port"));
            await().atMost(Fixture.PATIENCE).untilAsserted(() -> assertThat(get(base + "/actuator/health"))
                    .contains("\"status\":\"DOWN\"")
                    .contains("cannot connect to broker 127.0.0.1:1")
                    .doesNotContain("guest"));
        }
    }

    private static ConfigurableApplicationContext start(String brokerUri, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "--server.port=0";
        arguments[1] = "--sluice.broker-uri=" + brokerUri;
        arguments[2] = "--sluice.instance=test";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new SpringApplicationBuilder(DispatcherApplication.class).run(arguments);
    }

    private static List<ServiceStatus> statuses(Fixture fixture) throws Exception {
        List<ServiceStatus> statuses = new CopyOnWriteArrayList<>();
        Channel channel = fixture.connection.createChannel();
        Topology.statusExchange(channel);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, BrokerNames.STATUS_EXCHANGE, "");
        channel.basicConsume(
                queue, true, (tag, delivery) -> statuses.add(StatusCodec.decode(delivery.getBody())), tag -> {});
        return statuses;
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
