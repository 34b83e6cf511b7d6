package dev.sluice.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Reads the end of a stream, which AMQP 0.9.1 gives no direct way to find: it publishes a probe and reads up to it.
 */
public final class StreamTail {
    /** AMQP property {@code type} of a probe; readers pass it over. */
    public static final String PROBE = "probe";

    private static final String PROBE_ID = "probe";
    /** Few, for the messages at the end may be rows of many megabytes, and who takes over has a small heap. */
    private static final int PREFETCH = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private StreamTail() {}

    /**
     * Hands over, in order, the last records before now.
     *
     * @param lookBack how many offsets before the end to begin; the records handed over may be more or, near the
     *     stream's start, fewer
     * @return how far back that is
     */
    public static Reach read(Connection connection, String stream, long lookBack, Consumer<StreamRecord> records)
            throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        try (ConfirmedPublisher publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0)) {
            AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                    .type(PROBE)
                    .deliveryMode(2)
                    .headers(Map.of(PROBE_ID, id))
                    .build();
            publisher.publish("", stream, properties, new byte[0], 1);
            if (!publisher.awaitAllSeconds(PATIENCE.toSeconds())) {
                throw new IOException("the broker did not confirm a probe of stream " + stream);
            }
        }
        long end;
        try (StreamReader reader = new StreamReader(connection, stream, StreamStart.LAST_CHUNK, PREFETCH)) {
            end = take(reader, stream).offset();
        }
        long start = Math.max(0, end - lookBack);
        try (StreamReader reader = new StreamReader(connection, stream, StreamStart.at(start), PREFETCH)) {
            StreamRecord record = take(reader, stream);
            Reach reach = reach(start, record.offset());
            while (!id.equals(String.valueOf(record.headers().get(PROBE_ID)))) {
                if (!PROBE.equals(record.type())) {
                    records.accept(record);
                }
                record = take(reader, stream);
            }
            return reach;
        }
    }

    private static Reach reach(long asked, long first) {
        if (first == 0) {
            return Reach.BEGINNING;
        }
        return asked == 0 || first > asked ? Reach.FIRST_KEPT : Reach.PART;
    }

    /** How far back a stream was read. */
    public enum Reach {
        /** From the first record that was ever in it. */
        BEGINNING,
        /** From the first that it still has; retention removed what was before. */
        FIRST_KEPT,
        /** It has older ones. */
        PART;

        /** Whether nothing older can be read. */
        public boolean complete() {
            return this != PART;
        }
    }

    private static StreamRecord take(StreamReader reader, String stream) throws IOException, InterruptedException {
        StreamRecord record = reader.poll(PATIENCE);
        if (record == null) {
            throw new IOException("stream " + stream + " gives nothing within " + PATIENCE.toSeconds() + " s");
        }
        return record;
    }
}
