package dev.sluice.dispatch.publish;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.ExclusiveLock;
import dev.sluice.change.broker.BrokerNames;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * The connection by which a pipeline is owned and on which alone its dispatcher publishes: when one is lost, so is the
 * other.
 */
public final class Ownership implements AutoCloseable {
    private static final int CLOSE_MILLIS = 2_000;

    private final Connection connection;
    private final String pipeline;

    private Ownership(Connection connection, String pipeline) {
        this.connection = connection;
        this.pipeline = pipeline;
    }

    /** Connects without owning anything yet. */
    public static Ownership connect(BrokerConnections connections, String instance, String pipeline)
            throws IOException {
        return new Ownership(connections.open(instance + " dispatch " + pipeline), pipeline);
    }

    /**
     * Tries to become the owner.
     *
     * @return false if another instance is
     */
    public boolean tryTake() throws IOException {
        return ExclusiveLock.tryTake(connection, BrokerNames.dispatchLock(pipeline));
    }

    public boolean isOpen() {
        return connection.isOpen();
    }

    /** Whether the source log exists; its capture makes it. */
    public boolean sourceLogExists(String source) throws IOException {
        Channel channel = connection.createChannel();
        try {
            channel.queueDeclarePassive(BrokerNames.sourceLog(source));
            channel.close();
            return true;
        } catch (IOException e) {
            if (connection.isOpen()) {
                return false;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new IOException("broker did not answer in time", e);
        }
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.abort(CLOSE_MILLIS);
    }
}
