package dev.sluice.sink.intake;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.broker.Topology;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.sink.batch.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition queue being consumed on a channel of its own, so that acknowledging up to a tag never touches another
 * partition. One thread takes and acknowledges. It ends with its channel: what was not acknowledged comes again, in
 * order, in the next one.
 */
public final class PartitionQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionQueue.class);

    /** Messages are up to 64 kB, so at most 4 MB wait in memory for each partition. */
    public static final int PREFETCH = 64;

    private final Channel channel;
    private final BlockingQueue<Arrival> inbox = new LinkedBlockingQueue<>();
    private volatile @Nullable String lost;
    private volatile long delivered;
    private volatile long acknowledged;

    /** Declares the queue where needed and begins to consume it. */
    PartitionQueue(Connection connection, String queue, int priority) throws IOException {
        channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the broker allows no further channel on this connection");
        }
        try {
            Topology.partitionQueue(channel, queue);
            channel.basicQos(PREFETCH);
            channel.basicConsume(queue, false, Map.of("x-priority", priority), new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(
                        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                    delivered = envelope.getDeliveryTag();
                    inbox.add(new Arrival(envelope.getDeliveryTag(), properties, body));
                }

                @Override
                public void handleCancel(String tag) {
                    lost = "queue " + queue + " was deleted";
                }

                @Override
                public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
                    lost = "lost the connection to queue " + queue + ": " + signal.getMessage();
                }
            });
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * The next message.
     *
     * @return null if none came within {@code wait}
     * @throws IOException if the channel is gone; what it had delivered is not handed out any more
     * @throws dev.sluice.change.message.MalformedMessage if it is not one of ours
     */
    public @Nullable Delivery poll(Duration wait) throws IOException, InterruptedException {
        check();
        Arrival arrival = inbox.poll();
        if (arrival == null && !wait.isZero()) {
            arrival = inbox.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
            check();
        }
        if (arrival == null) {
            return null;
        }
        Map<String, Object> headers = arrival.properties.getHeaders();
        MessageHeader header = MessageHeader.of(arrival.properties.getType(), headers == null ? Map.of() : headers);
        return new Delivery(arrival.tag, new Message(header, arrival.body));
    }

    /** Acknowledges everything up to a tag; does nothing if the channel is gone, for then it all comes again. */
    public void acknowledge(long tag) throws IOException {
        try {
            channel.basicAck(tag, true);
            acknowledged = tag;
        } catch (AlreadyClosedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** How many messages were delivered and not acknowledged. Any thread. */
    public long unacknowledged() {
        return isOpen() ? Math.max(0, delivered - acknowledged) : 0;
    }

    /** Whether the broker still counts us as this queue's consumer. */
    public boolean isOpen() {
        return lost == null && channel.isOpen();
    }

    /** Gives the queue up: the broker hands what is not acknowledged to the next consumer. */
    @Override
    public void close() {
        try {
            channel.abort();
        } catch (IOException | AlreadyClosedException e) {
            LOG.debug("channel already gone: {}", e.getMessage());
        }
    }

    /**
     * Makes sure that the queue is still ours.
     *
     * @throws IOException if it is not
     */
    public void check() throws IOException {
        String why = lost;
        if (why != null) {
            throw new IOException(why);
        }
    }

    private record Arrival(long tag, AMQP.BasicProperties properties, byte[] body) {}
}
