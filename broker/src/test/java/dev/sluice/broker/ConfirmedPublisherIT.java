package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.servers.RabbitMqServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConfirmedPublisherIT {
    private static final byte[] BODY = new byte[100];

    @Test
    void saysWhatIsConfirmedUpToTheLast() throws Exception {
        try (Connection connection = TestBroker.connections().open("test")) {
            String stream = TestBroker.newStream(connection);
            try (ConfirmedPublisher publisher =
                    new ConfirmedPublisher(connection, new ConfirmedPublisher.Window(50, 1_000_000), 7)) {
                assertThat(publisher.confirmed()).isEqualTo(7);
                for (int i = 1; i <= 5_000; i++) {
                    publish(publisher, stream, 1_000 + i);
                    assertThat(publisher.confirmed()).isBetween(7L, 1_000L + i);
                }
                assertThat(publisher.awaitAllSeconds(60)).isTrue();
                assertThat(publisher.confirmed()).isEqualTo(6_000);
            }
        }
    }

    @Test
    void aFullWindowBlocksUntilConfirmsCome() throws Exception {
        try (TcpProxy proxy = TestBroker.proxy();
                Connection connection = TestBroker.connections(proxy).open("test")) {
            String stream = TestBroker.newStream(connection);
            ConfirmedPublisher publisher =
                    new ConfirmedPublisher(connection, new ConfirmedPublisher.Window(10, 1_000_000), 0);
            proxy.holdAnswers(true);
            AtomicInteger published = new AtomicInteger();
            CompletableFuture<Void> load = publishing(publisher, stream, BODY, 30, published);
            await().until(() -> published.get() == 10);
            assertThat(publisher.awaitAll(Duration.ofMillis(500).toNanos())).isFalse();
            assertThat(published).hasValue(10);
            assertThat(publisher.confirmed()).isZero();

            proxy.holdAnswers(false);
            load.get();
            assertThat(publisher.awaitAllSeconds(60)).isTrue();
            assertThat(publisher.confirmed()).isEqualTo(30);
        }
    }

    @Test
    void theWindowCountsBytesToo() throws Exception {
        try (TcpProxy proxy = TestBroker.proxy();
                Connection connection = TestBroker.connections(proxy).open("test")) {
            String stream = TestBroker.newStream(connection);
            ConfirmedPublisher publisher =
                    new ConfirmedPublisher(connection, new ConfirmedPublisher.Window(100, 25_000), 0);
            proxy.holdAnswers(true);
            AtomicInteger published = new AtomicInteger();
            CompletableFuture<Void> load = publishing(publisher, stream, new byte[10_000], 5, published);
            await().until(() -> published.get() == 2);
            assertThat(publisher.awaitAll(Duration.ofMillis(300).toNanos())).isFalse();
            assertThat(published).hasValue(2);
            proxy.holdAnswers(false);
            load.get();
            assertThat(publisher.awaitAllSeconds(60)).isTrue();
        }
    }

    @Test
    void oneMessageLargerThanTheWindowPassesAlone() throws Exception {
        try (Connection connection = TestBroker.connections().open("test")) {
            String stream = TestBroker.newStream(connection);
            ConfirmedPublisher publisher =
                    new ConfirmedPublisher(connection, new ConfirmedPublisher.Window(100, 1_000), 0);
            publish(publisher, stream, 1);
            publisher.publish("", stream, MessageProperties.PERSISTENT_BASIC, new byte[1_000_000], 2);
            assertThat(publisher.awaitAllSeconds(60)).isTrue();
            assertThat(publisher.confirmed()).isEqualTo(2);
        }
    }

    @Test
    void aReturnedMessageFailsItAndIsNotConfirmed() throws Exception {
        try (Connection connection = TestBroker.connections().open("test")) {
            String stream = TestBroker.newStream(connection);
            ConfirmedPublisher publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0);
            publish(publisher, stream, 1);
            assertThat(publisher.awaitAllSeconds(60)).isTrue();
            publish(publisher, "nobody-listens", 2);
            assertThatThrownBy(() -> publisher.awaitAllSeconds(60))
                    .isInstanceOf(PublishFailed.class)
                    .hasMessageContaining("unroutable")
                    .hasMessageContaining("nobody-listens");
            assertThatThrownBy(() -> publish(publisher, stream, 3)).isInstanceOf(PublishFailed.class);
            // the ack that follows the return has been processed when the channel answers
            publisher.channel().basicQos(1);
            assertThat(publisher.confirmed()).isEqualTo(1);
        }
    }

    @Test
    void aNackFailsIt() throws Exception {
        try (Connection connection = TestBroker.connections().open("test")) {
            String full = TestBroker.newQueue(connection, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
            ConfirmedPublisher publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0);
            assertThatThrownBy(() -> {
                        for (int i = 1; i <= 100; i++) {
                            publish(publisher, full, i);
                            publisher.awaitAllSeconds(60);
                        }
                    })
                    .isInstanceOf(PublishFailed.class)
                    .hasMessageContaining("nack");
            assertThat(publisher.confirmed()).isBetween(1L, 99L);
        }
    }

    @Test
    void aLostConnectionFailsWhoWaits() throws Exception {
        try (TcpProxy proxy = TestBroker.proxy()) {
            Connection connection = TestBroker.connections(proxy).open("test");
            String stream = TestBroker.newStream(connection);
            ConfirmedPublisher publisher =
                    new ConfirmedPublisher(connection, new ConfirmedPublisher.Window(5, 1_000_000), 0);
            proxy.holdAnswers(true);
            AtomicInteger published = new AtomicInteger();
            CompletableFuture<Void> load = publishing(publisher, stream, BODY, 30, published);
            await().until(() -> published.get() == 5);
            proxy.cut();
            assertThatThrownBy(load::join).hasRootCauseInstanceOf(PublishFailed.class);
            assertThatThrownBy(publisher::check).isInstanceOf(PublishFailed.class);
        }
    }

    @Test
    void saysThatTheBrokerIsBlockedAndGoesOnAfterwards() throws Exception {
        RabbitMqServer server = TestBroker.server();
        try (Connection connection = TestBroker.connections().open("test")) {
            String stream = TestBroker.newStream(connection);
            ConfirmedPublisher publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0);
            server.rabbitmqctl("set_disk_free_limit", "100000GB");
            try {
                publish(publisher, stream, 1);
                await().atMost(Duration.ofSeconds(60)).until(publisher::blocked);
                assertThat(publisher.awaitAll(Duration.ofMillis(300).toNanos())).isFalse();
            } finally {
                server.rabbitmqctl("set_disk_free_limit", "200MB");
            }
            assertThat(publisher.awaitAllSeconds(60)).isTrue();
            await().atMost(Duration.ofSeconds(60)).until(() -> !publisher.blocked());
            assertThat(publisher.confirmed()).isEqualTo(1);
        }
    }

    private static CompletableFuture<Void> publishing(
            ConfirmedPublisher publisher, String stream, byte[] body, int count, AtomicInteger published) {
        return CompletableFuture.runAsync(() -> {
            try {
                for (int i = 1; i <= count; i++) {
                    publisher.publish("", stream, MessageProperties.PERSISTENT_BASIC, body, i);
                    published.incrementAndGet();
                }
            } catch (java.io.IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void publish(ConfirmedPublisher publisher, String queue, long token) throws Exception {
        publisher.publish("", queue, MessageProperties.PERSISTENT_BASIC, BODY, token);
    }
}
