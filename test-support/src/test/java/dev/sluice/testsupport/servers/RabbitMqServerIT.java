package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RabbitMqServerIT {
    @Test
    void keepsConfirmedMessagesOverKill9AndLeavesNothingBehind() throws Exception {
        Traces traces;
        try (RabbitMqServer server = RabbitMqServer.start(ServerOptions.defaults(), Set.of())) {
            traces = Traces.of(server.pid());
            try (Connection connection = server.connect();
                    Channel channel = connection.createChannel()) {
                channel.confirmSelect();
                channel.queueDeclare("kept", true, false, false, Map.of("x-queue-type", "quorum"));
                channel.basicPublish("", "kept", MessageProperties.PERSISTENT_BASIC, "hello".getBytes());
                channel.waitForConfirmsOrDie(30_000);
                server.kill9();
            } catch (com.rabbitmq.client.AlreadyClosedException | java.io.IOException expected) {
                // the connection went with the broker
            }
            server.restart();
            try (Connection connection = server.connect();
                    Channel channel = connection.createChannel()) {
                GetResponse message = channel.basicGet("kept", true);
                assertThat(message).isNotNull();
                assertThat(message.getBody()).asString().isEqualTo("hello");
            }
        }
        traces.assertGone();
    }

    @Test
    void servesTheUriTheManagementApiAndItsTool() throws Exception {
        RabbitMqServer server = SharedServers.rabbit();
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(server.amqpUri());
        try (Connection connection = factory.newConnection()) {
            assertThat(connection.getServerProperties().get("version").toString())
                    .startsWith("4.");
        }
        String login = Base64.getEncoder()
                .encodeToString((server.user() + ":" + server.password()).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> overview = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.managementUrl() + "/api/overview"))
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(overview.statusCode()).isEqualTo(200);
        assertThat(overview.body()).contains("rabbitmq_version");
        assertThat(server.rabbitmqctl("-q", "list_users")).contains("sluice").doesNotContain("guest");
    }

    @Test
    void twoNodesRunSideBySideWithSettingsOfTheirOwn() throws Exception {
        try (RabbitMqServer other = RabbitMqServer.start(
                ServerOptions.defaults().with("channel_max = 7", "disk_free_limit.absolute = 100MB"), Set.of())) {
            try (Connection one = SharedServers.rabbit().connect();
                    Connection two = other.connect()) {
                assertThat(one.getChannelMax()).isGreaterThan(7);
                assertThat(two.getChannelMax()).isEqualTo(7);
            }
        }
    }
}
