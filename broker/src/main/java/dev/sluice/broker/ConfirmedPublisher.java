package dev.sluice.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes in order with pipelined confirms: up to a window of messages and bytes is under way, and a full window
 * blocks the caller, which is the back-pressure. Every message is mandatory. One nack, return or lost channel fails the
 * publisher for good, for what followed may be in the broker already and only its owner knows how to resume.
 *
 * <p>One thread publishes; any thread may ask what is confirmed. Confirms may come out of order and for many messages at
 * once (<a href="https://www.rabbitmq.com/docs/confirms">publisher confirms</a>).
 */
public final class ConfirmedPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfirmedPublisher.class);

    /** What may be under way at once. */
    public record Window(int messages, long bytes) {
        public static final Window DEFAULT = new Window(512, 32_000_000);
    }

    private final Connection connection;
    private final Channel channel;
    private final Window window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /* Rings indexed by delivery tag modulo the window. Tags below `oldest` are confirmed without a gap. */
    private final long[] tokens;
    private final int[] sizes;
    private final boolean[] done;
    private long oldest = 1;
    private long next = 1;
    private long bytesUnderWay;
    private long confirmedToken;
    private boolean blocked;
    private @Nullable String failure;

    /**
     * Opens a channel in confirm mode.
     *
     * @param startToken what {@link #confirmed()} says until the first confirm
     */
    public ConfirmedPublisher(Connection connection, Window window, long startToken) throws IOException {
        this.connection = connection;
        this.window = window;
        tokens = new long[window.messages()];
        sizes = new int[window.messages()];
        done = new boolean[window.messages()];
        confirmedToken = startToken;
        channel = connection.createChannel();
        channel.confirmSelect();
        channel.addConfirmListener(this::acked, (tag, multiple) -> fail("the broker refused a message (nack)"));
        channel.addReturnListener(returned -> fail("unroutable: " + returned.getReplyText() + " for exchange '"
                + returned.getExchange() + "', routing key '" + returned.getRoutingKey() + "'"));
        channel.addShutdownListener(signal -> fail("channel closed: " + reason(signal)));
        connection.addBlockedListener(why -> setBlocked(true), () -> setBlocked(false));
    }

    /**
     * Publishes; blocks while the window is full.
     *
     * @param token number that {@link #confirmed()} says once this and all earlier messages are confirmed
     * @throws PublishFailed if this or an earlier message failed
     */
    public void publish(String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body, long token)
            throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (failure == null
                    && (next - oldest >= window.messages()
                            || (bytesUnderWay > 0 && bytesUnderWay + body.length > window.bytes()))) {
                changed.await();
            }
            checkFailure();
            int slot = (int) (next % tokens.length);
            tokens[slot] = token;
            sizes[slot] = body.length;
            done[slot] = false;
            bytesUnderWay += body.length;
            next++;
        } finally {
            lock.unlock();
        }
        try {
            channel.basicPublish(exchange, routingKey, true, properties, body);
        } catch (ShutdownSignalException e) {
            throw new PublishFailed("channel closed: " + reason(e));
        }
    }

    /** Token of the last message such that it and everything before it is confirmed. */
    public long confirmed() {
        lock.lock();
        try {
            return confirmedToken;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until everything published is confirmed.
     *
     * @return false if that took longer than {@code nanos}
     * @throws PublishFailed if a message failed
     */
    public boolean awaitAll(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (failure == null && oldest < next) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            checkFailure();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for everything published, {@link #awaitAll(long)} in seconds. */
    public boolean awaitAllSeconds(long seconds) throws InterruptedException {
        return awaitAll(TimeUnit.SECONDS.toNanos(seconds));
    }

    /**
     * Asks whether it still works.
     *
     * @throws PublishFailed if a message failed
     */
    public void check() {
        lock.lock();
        try {
            checkFailure();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the broker has stopped taking messages because of a memory or disk alarm. */
    public boolean blocked() {
        lock.lock();
        try {
            return blocked;
        } finally {
            lock.unlock();
        }
    }

    /** The channel, for declarations by the publishing thread. */
    public Channel channel() {
        return channel;
    }

    public Connection connection() {
        return connection;
    }

    /** Aborts the channel; what is unconfirmed stays unknown. */
    @Override
    public void close() {
        try {
            channel.abort();
        } catch (IOException e) {
            LOG.debug("channel already gone: {}", e.getMessage());
        }
    }

    private void acked(long tag, boolean multiple) {
        lock.lock();
        try {
            if (failure != null) {
                // a message that was returned is acked all the same
                return;
            }
            if (multiple) {
                for (long t = oldest; t <= tag; t++) {
                    done[(int) (t % done.length)] = true;
                }
            } else {
                done[(int) (tag % done.length)] = true;
            }
            while (oldest < next && done[(int) (oldest % done.length)]) {
                int slot = (int) (oldest % done.length);
                done[slot] = false;
                bytesUnderWay -= sizes[slot];
                confirmedToken = tokens[slot];
                oldest++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(String why) {
        lock.lock();
        try {
            if (failure == null) {
                failure = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void setBlocked(boolean now) {
        lock.lock();
        try {
            blocked = now;
        } finally {
            lock.unlock();
        }
    }

    private void checkFailure() {
        if (failure != null) {
            throw new PublishFailed(failure);
        }
    }

    private static String reason(ShutdownSignalException signal) {
        return signal.getMessage() == null ? "connection lost" : signal.getMessage();
    }
}
