package dev.sluice.sink.intake;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An instance's one connection for consuming, on which each partition has a channel. A lost connection is opened again
 * by whichever partition asks first; the others wait for its result instead of knocking too. Thread-safe.
 */
public final class PartitionQueues implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private final BrokerConnections connections;
    private final String instance;
    private final ErrorReports errors;
    private @Nullable Connection connection;
    private @Nullable IOException refusal;
    private long refusedAt;
    private boolean closed;

    public PartitionQueues(BrokerConnections connections, String instance) {
        this.connections = connections;
        this.instance = instance;
        errors = new ErrorReports(connections, instance);
    }

    /** Begins to consume a queue, with this instance's priority at it. */
    public PartitionQueue open(String queue) throws IOException {
        try {
            return new PartitionQueue(connection(), queue, RendezvousPriority.of(instance, queue));
        } catch (AlreadyClosedException e) {
            throw new IOException("lost the connection to the broker", e);
        }
    }

    /** Opens what operators ask of a partition's parked rows. */
    public RepairRequests repairs(Partition partition) throws IOException {
        try {
            return new RepairRequests(connection(), partition);
        } catch (AlreadyClosedException e) {
            throw new IOException("lost the connection to the broker", e);
        }
    }

    /** Where the states of parked rows are reported. */
    public ErrorReports errors() {
        return errors;
    }

    /** Asks a pipeline's dispatcher to send everything behind a watermark again. */
    public void requestRewind(Partition partition, Watermark watermark) throws IOException, InterruptedException {
        // not on the consuming connection: a broker that blocks publishers would block its acknowledgements too
        try (Connection publishing = connections.open(instance + " rewind request")) {
            Channel channel = publishing.createChannel();
            Topology.rewindRequests(channel, partition.pipeline());
            channel.confirmSelect();
            String request = "{\"partition\":%d,\"epoch\":%d,\"seq\":%d}"
                    .formatted(partition.number(), watermark.epoch(), watermark.seq());
            channel.basicPublish(
                    "",
                    BrokerNames.rewindRequests(partition.pipeline()),
                    true,
                    new AMQP.BasicProperties.Builder()
                            .type("rewind")
                            .deliveryMode(2)
                            .build(),
                    request.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(PATIENCE.toMillis());
        } catch (TimeoutException | AlreadyClosedException e) {
            throw new IOException("the broker did not take a rewind request: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        errors.close();
        if (connection != null) {
            connection.abort((int) PATIENCE.toMillis());
        }
    }

    private synchronized Connection connection() throws IOException {
        if (closed) {
            throw new IOException("shutting down");
        }
        if (connection != null && connection.isOpen()) {
            return connection;
        }
        if (refusal != null && System.nanoTime() - refusedAt < BETWEEN_ATTEMPTS.toNanos()) {
            throw refusal;
        }
        try {
            connection = connections.open(instance + " partitions");
            refusal = null;
            return connection;
        } catch (IOException e) {
            refusal = e;
            refusedAt = System.nanoTime();
            throw e;
        }
    }
}
