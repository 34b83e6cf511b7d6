package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.testsupport.servers.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows on their way from a source log to partition queues of a real broker. */
class DispatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestPipeline test = new TestPipeline();
    private BrokerConnections connections;
    private Connection connection;
    private SourceLogWriter log;
    private Dispatcher dispatcher;

    @BeforeEach
    void connect() throws Exception {
        connections = new BrokerConnections(SharedServers.rabbit().amqpUri());
        connection = connections.open("test");
        log = new SourceLogWriter(connection, test.source);
        dispatcher = new Dispatcher(connections, "one");
    }

    @AfterEach
    void close() {
        dispatcher.close();
        connection.abort(1_000);
    }

    @Test
    void everyRowArrivesOnceAndInTheOrderOfItsKey() throws Exception {
        RandomChanges history = new RandomChanges(11);
        log.claim(1, 0);
        log.messages(1, history.next(3_000), new Random(1));
        dispatcher.configure(test.configure(connection, TestPipeline.PLAIN));
        Map<String, List<String>> expected = plain(history.all());
        try (FoldingSink sink = sink()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Expected.differences(sink.changes(), expected)).isEmpty());
            assertThat(sink.problems()).isEmpty();
            assertThat(sink.duplicates()).isZero();
            assertThat(sink.gaps()).isZero();
            assertThat(sink.seqs()).allMatch(seq -> seq > 0);
        }
    }

    private static Map<String, List<String>> plain(List<Change> changes) {
        return Expected.of(
                changes,
                change -> true,
                change -> change.table() == Tables.SECRETS
                        ? null
                        : "shop." + change.table().name());
    }

    private FoldingSink sink() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (var channel = connection.createChannel()) {
                channel.queueDeclarePassive(test.queues().get(TestPipeline.PARTITIONS - 1));
                return true;
            }
        });
        try {
            return new FoldingSink(connection, test.queues());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
