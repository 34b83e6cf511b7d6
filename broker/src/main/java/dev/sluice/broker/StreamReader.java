package dev.sluice.broker;

import com.rabbitmq.client.AMQP;
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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream in order, pulled by one thread. What waits in memory is bounded in messages, by the credit that a
 * stream gives for acknowledgements, and in bytes: credit does not know how large messages are, so when too much waits
 * the rest is passed over and read again later, a message at a time until they are small again.
 */
public final class StreamReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

    private static final int PREFETCH = 200;
    private static final int ACK_EVERY = 50;
    private static final long MOST_WAITING_BYTES = 64_000_000;
    private static final int SMALL_BYTES = 256_000;
    private static final int SMALL_ONES = 100;
    /** After which a reader that waits looks whether something was passed over, or the connection lost. */
    private static final long LONGEST_WAIT_NANOS = 100_000_000;

    private final Connection connection;
    private final String stream;
    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile @Nullable String failure;
    private Subscription subscription;

    /** Begins to read; the stream must exist. */
    public StreamReader(Connection connection, String stream, StreamStart start) throws IOException {
        this(connection, stream, start, PREFETCH);
    }

    /** Begins to read with a smaller prefetch, for a start where messages may be as large as a row of the source. */
    StreamReader(Connection connection, String stream, StreamStart start, int prefetch) throws IOException {
        this.connection = connection;
        this.stream = stream;
        subscription = new Subscription(start, 0, prefetch);
    }

    /**
     * The next message.
     *
     * @return null if none came within {@code wait}
     * @throws IOException if the connection is lost or the stream gone, after what had arrived was taken
     */
    public @Nullable StreamRecord poll(Duration wait) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        Delivery delivery = waiting.poll();
        while (delivery == null) {
            if (failure != null && waiting.isEmpty()) {
                throw new IOException(failure);
            }
            readOn();
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            delivery = waiting.poll(Math.min(left, LONGEST_WAIT_NANOS), TimeUnit.NANOSECONDS);
        }
        waitingBytes.addAndGet(-delivery.record.body().length);
        delivery.from.taken(delivery.tag);
        return delivery.record;
    }

    /** Whether nothing has arrived that was not yet taken. */
    public boolean idle() {
        return waiting.isEmpty() && subscription.passedOver < 0;
    }

    /** How much has arrived that was not yet taken. */
    long waitingBytes() {
        return waitingBytes.get();
    }

    @Override
    public void close() {
        subscription.close();
    }

    /** Reads again what was passed over. */
    private void readOn() throws IOException {
        Subscription before = subscription;
        if (before.passedOver >= 0 && waiting.isEmpty()) {
            before.close();
            int prefetch = before.prefetch == PREFETCH ? 1 : PREFETCH;
            LOG.debug("stream {}: reading on at offset {} with a prefetch of {}", stream, before.passedOver, prefetch);
            subscription = new Subscription(StreamStart.at(before.passedOver), before.passedOver, prefetch);
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

    private record Delivery(Subscription from, long tag, StreamRecord record) {}

    /** One consumer of the stream, on a channel of its own. */
    private final class Subscription extends DefaultConsumer {
        private final long first;
        private final int prefetch;
        private int smallOnes;
        private int taken;
        private volatile boolean closed;
        /** Offset of the first message that was not kept; negative while all are. */
        private volatile long passedOver = -1;

        Subscription(StreamStart start, long first, int prefetch) throws IOException {
            super(connection.createChannel());
            this.first = first;
            this.prefetch = prefetch;
            getChannel().basicQos(prefetch);
            getChannel().basicConsume(stream, false, start.arguments(), this);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            StreamRecord record = record(properties, body);
            if (passedOver >= 0 || record.offset() < first) {
                return;
            }
            smallOnes = body.length <= SMALL_BYTES ? smallOnes + 1 : 0;
            boolean tooMuch = waitingBytes.addAndGet(body.length) > MOST_WAITING_BYTES;
            waiting.add(new Delivery(this, envelope.getDeliveryTag(), record));
            if (prefetch == PREFETCH ? tooMuch : smallOnes >= SMALL_ONES) {
                passedOver = record.offset() + 1;
            }
        }

        @Override
        public void handleCancel(String tag) {
            failure = "stream " + stream + " was deleted";
        }

        @Override
        public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
            if (!closed) {
                failure = "connection lost while reading " + stream + ": " + signal.getMessage();
            }
        }

        /** Gives credit for what was taken. */
        void taken(long tag) throws IOException {
            if (++taken % Math.min(ACK_EVERY, prefetch) == 0
                    && !closed
                    && getChannel().isOpen()) {
                getChannel().basicAck(tag, true);
            }
        }

        void close() {
            closed = true;
            try {
                getChannel().abort();
            } catch (IOException e) {
                LOG.debug("channel already gone: {}", e.getMessage());
            }
        }
    }
}
