package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.StreamTail;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.RabbitMqServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A pipeline of its own on a real broker: writer of its source log, dispatchers, sink. */
final class Fixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final TestPipeline test;
    final RabbitMqServer broker;
    final BrokerConnections connections;
    final Connection connection;
    private final List<Dispatcher> dispatchers = new ArrayList<>();
    private @Nullable SourceLogWriter log;

    Fixture(RabbitMqServer broker) throws IOException {
        this(broker, new TestPipeline());
    }

    /** A pipeline that is there already. */
    Fixture(RabbitMqServer broker, TestPipeline test) throws IOException {
        this.test = test;
        this.broker = broker;
        connections = new BrokerConnections(broker.amqpUri());
        connection = connections.open("test");
    }

    SourceLogWriter log() throws IOException {
        if (log == null) {
            log = new SourceLogWriter(connection, test.source);
        }
        return log;
    }

    Dispatcher dispatcher(String instance) {
        return dispatcher(instance, connections);
    }

    Dispatcher dispatcher(String instance, BrokerConnections through) {
        Dispatcher dispatcher = new Dispatcher(through, instance);
        dispatchers.add(dispatcher);
        return dispatcher;
    }

    /** A sink on queues that the dispatcher may have yet to declare. */
    FoldingSink sink() throws IOException {
        await().atMost(PATIENCE).until(() -> exists(test.queues().get(TestPipeline.PARTITIONS - 1)));
        return new FoldingSink(connection, test.queues());
    }

    boolean exists(String queue) throws Exception {
        Channel channel = connection.createChannel();
        try {
            channel.queueDeclarePassive(queue);
            channel.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static DispatchStatus status(Dispatcher dispatcher) {
        List<DispatchStatus> all = dispatcher.status();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    static void awaitState(Dispatcher dispatcher, State state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(dispatcher))
                .extracting(DispatchStatus::state)
                .isEqualTo(state));
    }

    static void awaitSeq(Dispatcher dispatcher, long seq) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(dispatcher).sourceSeq()).isEqualTo(seq));
    }

    /** Waits until exactly these changes have arrived, each once. */
    static void awaitChanges(FoldingSink sink, Map<String, List<String>> expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Expected.differences(sink.changes(), expected))
                .isEmpty());
        assertThat(sink.problems()).isEmpty();
    }

    /** What must arrive under {@link TestPipeline#PLAIN}. */
    static Map<String, List<String>> plain(List<Change> changes) {
        return mapped(changes, change -> change.table().name());
    }

    static Map<String, List<String>> mapped(List<Change> changes, Function<Change, String> target) {
        return Expected.of(
                changes,
                change -> true,
                change -> change.table() == Tables.SECRETS ? null : "shop." + target.apply(change));
    }

    /** The pipeline's state records, oldest first. */
    List<JsonNode> states() throws Exception {
        List<JsonNode> states = new ArrayList<>();
        StreamTail.read(
                connection,
                BrokerNames.dispatchState(test.name),
                1_000_000,
                record -> states.add(JSON.readTree(record.body())));
        return states;
    }

    void requestRewind(int partition, long epoch, long seq) throws IOException {
        Channel channel = connection.createChannel();
        channel.basicPublish(
                "",
                BrokerNames.rewindRequests(test.name),
                new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
                JSON.writeValueAsBytes(Map.of("partition", partition, "epoch", epoch, "seq", seq)));
    }

    @Override
    public void close() {
        dispatchers.forEach(Dispatcher::close);
        connection.abort(1_000);
    }
}
