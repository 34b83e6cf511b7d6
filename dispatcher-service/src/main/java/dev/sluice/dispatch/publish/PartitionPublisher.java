package dev.sluice.dispatch.publish;

import com.rabbitmq.client.AMQP;
import dev.sluice.broker.ConfirmedPublisher;
import dev.sluice.broker.PublishFailed;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.message.MessageHeader;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Publishes batches and state records on one channel, in order; a full window of unconfirmed messages blocks, which
 * stops the reading. Not thread-safe.
 */
public final class PartitionPublisher implements AutoCloseable {
    private static final int PERSISTENT = 2;
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(60);

    private final ConfirmedPublisher publisher;
    private final String stateStream;
    private PartitionQueues queues;
    private long published;

    /** Declares what it publishes to. */
    public PartitionPublisher(Ownership ownership, String pipeline, PartitionQueues queues) throws IOException {
        publisher = new ConfirmedPublisher(ownership.connection(), ConfirmedPublisher.Window.DEFAULT, 0);
        stateStream = BrokerNames.dispatchState(pipeline);
        this.queues = queues;
        queues.declare(publisher.channel());
    }

    /** Goes on with other queues; everything must be confirmed. */
    public void switchTo(PartitionQueues newQueues) throws IOException {
        newQueues.declare(publisher.channel());
        queues = newQueues;
    }

    public void publish(int partition, MessageHeader header, byte[] body) throws IOException, InterruptedException {
        publisher.publish(
                "",
                queues.names().get(partition),
                new AMQP.BasicProperties.Builder()
                        .type(header.kind().type())
                        .contentType("application/x-ndjson")
                        .deliveryMode(PERSISTENT)
                        .headers(header.toHeaders())
                        .build(),
                body,
                ++published);
    }

    /** Publishes a state record. */
    public void publishState(byte[] json) throws IOException, InterruptedException {
        publisher.publish(
                "",
                stateStream,
                new AMQP.BasicProperties.Builder()
                        .type("state")
                        .contentType("application/json")
                        .deliveryMode(PERSISTENT)
                        .build(),
                json,
                ++published);
    }

    /** Marks the present end of a source log. */
    public String publishProbe(String source) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        publisher.publish(
                "",
                BrokerNames.sourceLog(source),
                new AMQP.BasicProperties.Builder()
                        .type(MessageHeader.Kind.PROBE.type())
                        .deliveryMode(PERSISTENT)
                        .headers(Map.of("probe", id))
                        .build(),
                new byte[0],
                ++published);
        if (!publisher.awaitAll(PROBE_PATIENCE.toNanos())) {
            throw new PublishFailed("the broker did not confirm within " + PROBE_PATIENCE.toSeconds() + " s");
        }
        return id;
    }

    /** How many messages were published. */
    public long published() {
        return published;
    }

    /** How many messages were published such that they and all before them are confirmed. */
    public long confirmed() {
        return publisher.confirmed();
    }

    /** Waits until everything is confirmed; false if that took longer. */
    public boolean awaitConfirms(Duration patience) throws InterruptedException {
        return publisher.awaitAll(patience.toNanos());
    }

    /** Fails if a message failed. */
    public void check() {
        publisher.check();
    }

    /** Whether the broker has stopped taking messages because of a memory or disk alarm. */
    public boolean blocked() {
        return publisher.blocked();
    }

    @Override
    public void close() {
        publisher.close();
    }
}
