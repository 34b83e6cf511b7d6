package dev.sluice.sink.intake;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.ConfirmedPublisher;
import dev.sluice.broker.PublishFailed;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.error.ErrorCodec;
import dev.sluice.change.error.ErrorEntry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the states of parked rows, each of which may come more than once, on a connection that is opened when first
 * needed. Thread-safe.
 */
public final class ErrorReports implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final BrokerConnections connections;
    private final String instance;
    private @Nullable Connection connection;
    private @Nullable ConfirmedPublisher publisher;

    public ErrorReports(BrokerConnections connections, String instance) {
        this.connections = connections;
        this.instance = instance;
    }

    /** Publishes and waits for the confirms. */
    public synchronized void publish(List<ErrorEntry> entries) throws IOException, InterruptedException {
        AMQP.BasicProperties properties =
                new AMQP.BasicProperties.Builder().type("error").deliveryMode(2).build();
        try {
            ConfirmedPublisher open = publisher();
            for (ErrorEntry entry : entries) {
                open.publish("", BrokerNames.ERRORS_QUEUE, properties, ErrorCodec.encode(entry), 0);
            }
            if (!open.awaitAllSeconds(PATIENCE_SECONDS)) {
                throw new IOException("the broker does not confirm error entries");
            }
        } catch (IOException | PublishFailed | AlreadyClosedException e) {
            close();
            throw new IOException("error entries cannot be published: " + e.getMessage(), e);
        }
    }

    private ConfirmedPublisher publisher() throws IOException {
        if (publisher == null) {
            connection = connections.open(instance + " errors");
            publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0);
            Topology.errorsQueue(publisher.channel());
        }
        return publisher;
    }

    @Override
    public synchronized void close() {
        publisher = null;
        if (connection != null) {
            connection.abort();
            connection = null;
        }
    }
}
