package dev.sluice.capture.takeover;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.ConfirmedPublisher;
import dev.sluice.broker.PublishFailed;
import dev.sluice.broker.StreamTail;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.schema.SchemaHistory;
import dev.sluice.change.schema.SchemaRecord;
import dev.sluice.change.schema.TableVersion;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A source's schema history in its stream, which is made when the first version is written: a source with full row
 * metadata needs it for online schema changes only. What is appended is confirmed when the call returns. Used by one thread, on the connection that
 * holds the source's lock.
 */
public final class SchemaLog implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final int VERSIONS_PER_RECORD = 200;

    private final Connection connection;
    private final String source;
    private final SchemaHistory history = new SchemaHistory();
    private @Nullable ConfirmedPublisher publisher;

    private SchemaLog(Connection connection, String source) {
        this.connection = connection;
        this.source = source;
    }

    /**
     * Reads the history.
     *
     * @throws BrokenLog if it holds what this version does not know
     */
    public static SchemaLog open(Connection connection, String source) throws IOException, InterruptedException {
        SchemaLog log = new SchemaLog(connection, source);
        if (Topology.exists(connection, log.stream())) {
            try {
                StreamTail.read(
                        connection,
                        log.stream(),
                        Long.MAX_VALUE,
                        record -> log.history.accept(SchemaRecord.decode(record.body())));
            } catch (IllegalArgumentException e) {
                throw new BrokenLog("the stream " + log.stream() + ": " + e.getMessage()
                        + "; was it written by a newer version? Without the stream, tables are looked up anew");
            }
        }
        return log;
    }

    /** All versions that are confirmed. */
    public SchemaHistory history() {
        return history;
    }

    /** Appends versions and waits for the confirms. */
    public void append(List<TableVersion> versions) throws IOException, InterruptedException {
        for (int from = 0; from < versions.size(); from += VERSIONS_PER_RECORD) {
            publish(SchemaRecord.of(part(versions, from)));
        }
        awaitConfirms();
        versions.forEach(history::add);
    }

    /** Writes a checkpoint, so that what is in front of it may be removed. */
    public void checkpoint(List<TableVersion> kept) throws IOException, InterruptedException {
        int parts = (kept.size() + VERSIONS_PER_RECORD - 1) / VERSIONS_PER_RECORD;
        for (int part = 1; part <= parts; part++) {
            SchemaRecord record = new SchemaRecord(part, parts, part(kept, (part - 1) * VERSIONS_PER_RECORD));
            publish(record);
            history.accept(record);
        }
        awaitConfirms();
    }

    private static List<TableVersion> part(List<TableVersion> versions, int from) {
        return List.copyOf(versions.subList(from, Math.min(from + VERSIONS_PER_RECORD, versions.size())));
    }

    private void publish(SchemaRecord record) throws IOException, InterruptedException {
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .type("schema")
                .deliveryMode(2)
                .build();
        publisher().publish("", stream(), properties, record.encode(), 1);
    }

    private void awaitConfirms() throws IOException, InterruptedException {
        if (publisher != null && !publisher.awaitAllSeconds(PATIENCE_SECONDS)) {
            throw new PublishFailed("the broker did not confirm a record of the schema history within "
                    + PATIENCE_SECONDS + " s; is it out of memory or disk space?");
        }
    }

    private ConfirmedPublisher publisher() throws IOException {
        ConfirmedPublisher open = publisher;
        if (open == null) {
            try (Channel channel = connection.createChannel()) {
                Topology.schemaHistory(channel, source);
            } catch (TimeoutException e) {
                throw new IOException("the broker did not answer in time", e);
            }
            open = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0);
            publisher = open;
        }
        return open;
    }

    private String stream() {
        return BrokerNames.schemaHistory(source);
    }

    @Override
    public void close() {
        if (publisher != null) {
            publisher.close();
        }
    }
}
