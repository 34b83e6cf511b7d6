package dev.sluice.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * A lock that lives as long as a connection: an exclusive queue, deleted by the broker with the connection that
 * declared it. Take it on the connection that publishes, so that losing the one is losing the other
 * (<a href="https://www.rabbitmq.com/docs/queues#exclusive-queues">exclusive queues</a>).
 */
public final class ExclusiveLock {
    private static final int RESOURCE_LOCKED = 405;

    private ExclusiveLock() {}

    /**
     * Takes a lock.
     *
     * @return false if another connection has it
     */
    public static boolean tryTake(Connection connection, String lock) throws IOException {
        Channel channel = connection.createChannel();
        try {
            channel.queueDeclare(lock, false, true, false, Map.of());
            channel.close();
            return true;
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == RESOURCE_LOCKED) {
                return false;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new IOException("broker did not answer in time", e);
        }
    }
}
