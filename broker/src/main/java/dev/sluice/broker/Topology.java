package dev.sluice.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.change.broker.BrokerNames;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Declares streams and queues with the arguments that every service must agree on. */
public final class Topology {
    /** Far above any retry: a message is never thrown away for having come often. */
    private static final int DELIVERY_LIMIT = 1_000_000;

    private static final long SMALL_STREAM_BYTES = 50_000_000;
    private static final int SCHEMA_STREAM_BYTES = 400_000_000;
    private static final int SMALL_SEGMENT_BYTES = 5_000_000;
    private static final int LARGE_SEGMENT_BYTES = 100_000_000;
    /** Retention removes whole segments; with few of them it would remove nearly all at once. */
    private static final int LEAST_SEGMENTS = 8;

    private Topology() {}

    /**
     * The source log. Retention is changed on an existing stream by policy only; the first declaration stands.
     *
     * @param maxBytes several times what the publisher may have on the way unconfirmed, which may become one segment
     */
    public static void sourceLog(Channel channel, String source, long maxBytes, Duration maxAge) throws IOException {
        Map<String, Object> arguments =
                stream(maxBytes, (int) Math.min(LARGE_SEGMENT_BYTES, maxBytes / LEAST_SEGMENTS));
        arguments.put("x-max-age", maxAge.toSeconds() + "s");
        channel.queueDeclare(BrokerNames.sourceLog(source), true, false, false, arguments);
    }

    public static void claims(Channel channel, String source) throws IOException {
        channel.queueDeclare(
                BrokerNames.claims(source), true, false, false, stream(SMALL_STREAM_BYTES, SMALL_SEGMENT_BYTES));
    }

    public static void configStream(Channel channel) throws IOException {
        channel.queueDeclare(
                BrokerNames.CONFIG_STREAM, true, false, false, stream(SMALL_STREAM_BYTES, SMALL_SEGMENT_BYTES));
    }

    public static void dispatchState(Channel channel, String pipeline) throws IOException {
        channel.queueDeclare(
                BrokerNames.dispatchState(pipeline),
                true,
                false,
                false,
                stream(SMALL_STREAM_BYTES, SMALL_SEGMENT_BYTES));
    }

    /** Checkpoints of many thousand tables must fit into it several times. */
    public static void schemaHistory(Channel channel, String source) throws IOException {
        channel.queueDeclare(
                BrokerNames.schemaHistory(source),
                true,
                false,
                false,
                stream(SCHEMA_STREAM_BYTES, SCHEMA_STREAM_BYTES / LEAST_SEGMENTS));
    }

    /** Whether a stream or queue is there; asked on a channel of its own, which the broker closes if not. */
    public static boolean exists(Connection connection, String queue) throws IOException {
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclarePassive(queue);
            return true;
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer in time", e);
        } catch (IOException | AlreadyClosedException e) {
            if (connection.isOpen()
                    && e.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == AMQP.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    public static void statusExchange(Channel channel) throws IOException {
        channel.exchangeDeclare(BrokerNames.STATUS_EXCHANGE, "fanout", true);
    }

    /** A partition queue: replicated, one active consumer, nothing ever dropped. */
    public static void partitionQueue(Channel channel, String queue) throws IOException {
        channel.exchangeDeclare(BrokerNames.DEAD_EXCHANGE, "fanout", true);
        channel.queueDeclare(BrokerNames.DEAD_QUEUE, true, false, false, Map.of("x-queue-type", "quorum"));
        channel.queueBind(BrokerNames.DEAD_QUEUE, BrokerNames.DEAD_EXCHANGE, "");
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("x-queue-type", "quorum");
        arguments.put("x-single-active-consumer", true);
        arguments.put("x-delivery-limit", DELIVERY_LIMIT);
        arguments.put("x-dead-letter-exchange", BrokerNames.DEAD_EXCHANGE);
        arguments.put("x-consumer-timeout", Duration.ofDays(1).toMillis());
        channel.queueDeclare(queue, true, false, false, arguments);
    }

    /** Requests to a dispatcher to go back; short-lived. */
    public static void rewindRequests(Channel channel, String pipeline) throws IOException {
        channel.queueDeclare(
                BrokerNames.rewindRequests(pipeline), true, false, false, Map.of("x-queue-type", "quorum"));
    }

    /** What targets refused; kept until it is in the admin service's database. */
    public static void errorsQueue(Channel channel) throws IOException {
        channel.queueDeclare(BrokerNames.ERRORS_QUEUE, true, false, false, neverDropping());
    }

    /** Requests to the owner of a partition to do something with its parked rows. */
    public static void repairRequests(Channel channel, String pipeline, int partition) throws IOException {
        channel.queueDeclare(BrokerNames.repairRequests(pipeline, partition), true, false, false, neverDropping());
    }

    private static Map<String, Object> neverDropping() {
        return Map.of("x-queue-type", "quorum", "x-delivery-limit", DELIVERY_LIMIT);
    }

    private static Map<String, Object> stream(long maxBytes, int segmentBytes) {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("x-queue-type", "stream");
        arguments.put("x-max-length-bytes", maxBytes);
        arguments.put("x-stream-max-segment-size-bytes", segmentBytes);
        return arguments;
    }
}
