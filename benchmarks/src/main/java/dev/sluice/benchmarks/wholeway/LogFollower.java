package dev.sluice.benchmarks.wholeway;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.StreamReader;
import dev.sluice.broker.StreamRecord;
import dev.sluice.broker.StreamStart;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.message.MessageHeader;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A consumer of a source log from its first record on. Not thread-safe. */
final class LogFollower implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Connection connection;
    private final StreamReader reader;
    private long last;

    private LogFollower(Connection connection, StreamReader reader) {
        this.connection = connection;
        this.reader = reader;
    }

    /** Waits for the log to exist and begins to read it. */
    static LogFollower of(String brokerUri, String source, StreamStart start, Duration patience)
            throws IOException, InterruptedException {
        Connection connection = new BrokerConnections(brokerUri).open("benchmark");
        String stream = BrokerNames.sourceLog(source);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            StreamReader reader = exists(connection, stream) ? open(connection, stream, start) : null;
            if (reader != null) {
                return new LogFollower(connection, reader);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no " + stream + " after " + patience);
            }
            Thread.sleep(10);
        }
    }

    /** A reader; null while a stream that was just declared has no replica yet. */
    private static @Nullable StreamReader open(Connection connection, String stream, StreamStart start) {
        try {
            return new StreamReader(connection, stream, start);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean exists(Connection connection, String stream) throws IOException {
        Channel channel = connection.createChannel();
        try {
            channel.queueDeclarePassive(stream);
            channel.abort();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads up to an entry; fails if nothing comes for {@code patience}. */
    void readTo(long seq, Duration patience) throws IOException, InterruptedException {
        long silentSince = System.nanoTime();
        while (last < seq) {
            StreamRecord message = next();
            if (message != null) {
                silentSince = System.nanoTime();
                MessageHeader header = MessageHeader.of(message.type(), message.headers());
                if (header.kind() == MessageHeader.Kind.ROWS) {
                    last = Math.max(last, header.lastSeq());
                }
            } else if (System.nanoTime() - silentSince > patience.toNanos()) {
                throw new IllegalStateException("the log stands still at entry " + last + " of " + seq);
            }
        }
    }

    @Nullable
    StreamRecord next() throws IOException, InterruptedException {
        return reader.poll(WAIT);
    }

    @Override
    public void close() throws IOException {
        reader.close();
        connection.close();
    }
}
