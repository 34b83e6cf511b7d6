package dev.sluice.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.Map;
import java.util.UUID;

/** The shared broker, and ways to it. */
final class TestBroker {
    private TestBroker() {}

    static RabbitMqServer server() {
        return SharedServers.rabbit();
    }

    static BrokerConnections connections() {
        return new BrokerConnections(server().amqpUri());
    }

    static BrokerConnections connections(TcpProxy proxy) {
        return new BrokerConnections(
                "amqp://" + server().user() + ":" + server().password() + "@" + proxy.host() + ":" + proxy.port());
    }

    static TcpProxy proxy() throws Exception {
        return new TcpProxy(server().host(), server().port());
    }

    static String uniqueName() {
        return "test." + UUID.randomUUID();
    }

    static String newStream(Connection connection) throws Exception {
        String name = uniqueName();
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclare(name, true, false, false, Map.of("x-queue-type", "stream"));
        }
        return name;
    }

    static String newQueue(Connection connection, Map<String, Object> arguments) throws Exception {
        String name = uniqueName();
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclare(name, true, false, false, arguments);
        }
        return name;
    }

    static void publish(Connection connection, String queue, byte[] body) throws Exception {
        try (ConfirmedPublisher publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0)) {
            publisher.publish("", queue, MessageProperties.PERSISTENT_BASIC, body, 1);
            if (!publisher.awaitAllSeconds(60)) {
                throw new IllegalStateException("not confirmed");
            }
        }
    }

    /** Publishes messages whose bodies are their numbers. */
    static void publishNumbers(Connection connection, String queue, int from, int to) throws Exception {
        try (ConfirmedPublisher publisher =
                new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, from - 1)) {
            for (int i = from; i <= to; i++) {
                publisher.publish(
                        "",
                        queue,
                        MessageProperties.PERSISTENT_BASIC,
                        Integer.toString(i).getBytes(),
                        i);
            }
            if (!publisher.awaitAllSeconds(60)) {
                throw new IllegalStateException("not confirmed");
            }
        }
    }
}
