package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.testsupport.network.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigWatcherIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Connection connection;
    private TcpProxy proxy;
    private final List<Long> versions = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        connection = TestBroker.connections().open("admin");
        Topology.configStream(connection.createChannel());
        proxy = TestBroker.proxy();
    }

    @AfterEach
    void close() throws Exception {
        connection.createChannel().queueDelete(BrokerNames.CONFIG_STREAM);
        connection.close();
        proxy.close();
    }

    @Test
    void handsOverTheLastVersionAndThenEachNewOne() throws Exception {
        publish(1, 2, 3);
        try (ConfigWatcher watcher = watcher()) {
            await().atMost(LIMIT).until(() -> watcher.version() == 3);
            assertThat(versions).containsExactly(3L);
            publish(4);
            await().atMost(LIMIT).until(() -> watcher.version() == 4);
            publish(5);
            await().atMost(LIMIT).until(() -> watcher.version() == 5);
            assertThat(versions).containsExactly(3L, 4L, 5L);
            assertThat(watcher.problem()).isNull();
        }
    }

    @Test
    void findsTheLastVersionBehindProbes() throws Exception {
        publish(1, 2);
        for (int i = 0; i < 3; i++) {
            StreamTail.read(connection, BrokerNames.CONFIG_STREAM, 1, record -> {});
        }
        try (ConfigWatcher watcher = watcher()) {
            await().atMost(LIMIT).until(() -> watcher.version() == 2);
            publish(3);
            await().atMost(LIMIT).until(() -> watcher.version() == 3);
            assertThat(versions).containsExactly(2L, 3L);
        }
    }

    @Test
    void aDocumentThatCannotBeReadLeavesTheLastGoodOne() throws Exception {
        publish(1);
        try (ConfigWatcher watcher = watcher()) {
            await().atMost(LIMIT).until(() -> watcher.version() == 1);
            publishText("{\"version\":2,\"nonsense\":true}");
            publish(3);
            await().atMost(LIMIT).until(() -> watcher.version() == 3);
            assertThat(versions).containsExactly(1L, 3L);
        }
    }

    @Test
    void reconnectsAndDoesNotGoThroughOldVersionsAgain() throws Exception {
        publish(1, 2, 3);
        try (ConfigWatcher watcher = watcher()) {
            await().atMost(LIMIT).until(() -> watcher.version() == 3);
            proxy.refuse();
            await().atMost(LIMIT).until(() -> watcher.problem() != null);
            proxy.restore();
            await().atMost(LIMIT).until(() -> watcher.problem() == null);
            publish(4);
            await().atMost(LIMIT).until(() -> watcher.version() == 4);
            assertThat(versions).containsExactly(3L, 4L);
        }
    }

    @Test
    void goesOnAfterAVersionThatCouldNotBeTakenUp() throws Exception {
        try (ConfigWatcher watcher = new ConfigWatcher(TestBroker.connections(proxy), "test", configuration -> {
                    versions.add(configuration.version());
                    throw new IllegalStateException("on purpose");
                })
                .start()) {
            publish(1);
            await().atMost(LIMIT).until(() -> watcher.version() == 1);
            publish(2);
            await().atMost(LIMIT).until(() -> watcher.version() == 2);
            assertThat(versions).containsExactly(1L, 2L);
        }
    }

    private ConfigWatcher watcher() {
        return new ConfigWatcher(
                        TestBroker.connections(proxy), "test", configuration -> versions.add(configuration.version()))
                .start();
    }

    private void publish(long... numbers) throws Exception {
        for (long number : numbers) {
            publishText(new String(
                    ConfigurationCodec.encode(new Configuration(number, List.of(), List.of())),
                    StandardCharsets.UTF_8));
        }
    }

    private void publishText(String json) throws Exception {
        try (ConfirmedPublisher publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0)) {
            publisher.publish(
                    "",
                    BrokerNames.CONFIG_STREAM,
                    MessageProperties.PERSISTENT_BASIC,
                    json.getBytes(StandardCharsets.UTF_8),
                    1);
            publisher.awaitAllSeconds(60);
        }
    }
}
