package dev.sluice.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream in order, pulled by one thread. At most a prefetch of messages waits in memory: the acknowledgements
 * that a stream uses as credit are given as messages are taken.
 */
public final class StreamReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

    private static final int PREFETCH = 200;

    private final Channel channel;
    private final int ackEvery;
    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
    private volatile @Nullable String failure;
    private int taken;

    /** Begins to read; the stream must exist. */
    public StreamReader(Connection connection, String stream, StreamStart start) throws IOException {
        this(connection, stream, start, PREFETCH);
    }

    /** Begins to read with a prefetch of its own: one message may be as large as a row of the source. */
    StreamReader(Connection connection, String stream, StreamStart start, int prefetch) throws IOException {
        ackEvery = Math.max(1, prefetch / 4);
        channel = connection.createChannel();
        channel.basicQos(prefetch);
        channel.basicConsume(stream, false, start.arguments(), new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                waiting.add(new Delivery(envelope.getDeliveryTag(), record(properties, body)));
            }

            @Override
            public void handleCancel(String tag) {
                failure = "stream " + stream + " was deleted";
            }

            @Override
            public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
                failure = "connection lost while reading " + stream + ": " + signal.getMessage();
            }
        });
    }

    /**
     * The next message.
     *
     * @return null if none came within {@code wait}
     * @throws IOException if the connection is lost or the stream gone, after what had arrived was taken
     */
    public @Nullable StreamRecord poll(Duration wait) throws IOException, InterruptedException {
        Delivery delivery = waiting.poll();
        if (delivery == null) {
            if (failure != null) {
                throw new IOException(failure);
            }
            delivery = waiting.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
        if (delivery == null) {
            if (failure != null && waiting.isEmpty()) {
                throw new IOException(failure);
            }
            return null;
        }
        if (++taken % ackEvery == 0 && channel.isOpen()) {
            channel.basicAck(delivery.tag, true);
        }
        return delivery.record;
    }

    /** Whether nothing has arrived that was not yet taken. */
    public boolean idle() {
        return waiting.isEmpty();
    }

    @Override
    public void close() {
        try {
            channel.abort();
        } catch (IOException e) {
            LOG.debug("channel already gone: {}", e.getMessage());
        }
    }

    private static StreamRecord record(AMQP.BasicProperties properties, byte[] body) {
        Map<String, Object> headers = new HashMap<>();
        if (properties.getHeaders() != null) {
            headers.putAll(properties.getHeaders());
        }
        long offset = headers.remove("x-stream-offset") instanceof Number number ? number.longValue() : -1;
        return new StreamRecord(offset, properties.getType(), headers, body);
    }

    private record Delivery(long tag, StreamRecord record) {}
}
