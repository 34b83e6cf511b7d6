package dev.sluice.capture.publish;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.ConfirmedPublisher;
import dev.sluice.broker.PublishFailed;
import dev.sluice.capture.encode.Message;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.message.Claim;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.SnapshotLine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends messages to a source log, in order and under one claim. A full window blocks the caller, who then stops
 * reading the binlog. Used by one thread; any thread may ask for its state.
 */
public final class LogPublisher implements AutoCloseable {
    private static final Duration CLAIM_PATIENCE = Duration.ofSeconds(60);
    private static final int PERSISTENT = 2;

    private final ConfirmedPublisher publisher;
    private final String stream;
    private final long epoch;
    private final long reset;
    private @Nullable String repeats;

    private LogPublisher(
            ConfirmedPublisher publisher, String stream, long epoch, @Nullable String repeats, long reset) {
        this.repeats = repeats;
        this.reset = reset;
        this.publisher = publisher;
        this.stream = stream;
        this.epoch = epoch;
    }

    /**
     * Claims a log, leaves a copy of the claim outside of it, and waits for the confirms.
     *
     * @param connection the one that holds the source's lock
     * @param filter by which the entries of the transaction to resume are counted; null for none
     * @param snapshots how far they have come, so that a claim alone is enough to go on from
     * @param repeats up to where messages say again what the log had before; null if they do not
     * @param reset generation of the last jump, this claim's included; 0 if there was none
     */
    public static LogPublisher claim(
            Connection connection,
            String source,
            Claim claim,
            @Nullable String filter,
            List<SnapshotLine> snapshots,
            @Nullable String repeats,
            long reset)
            throws IOException, InterruptedException {
        ConfirmedPublisher publisher =
                new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, claim.after());
        LogPublisher log = new LogPublisher(publisher, BrokerNames.sourceLog(source), claim.epoch(), repeats, reset);
        LineBuffer body = new LineBuffer(512);
        Lines.write(body, claim);
        snapshots.forEach(line -> Lines.write(body, line));
        MessageHeader header = MessageHeader.ofLog(
                MessageHeader.Kind.CLAIM, claim.epoch(), claim.after(), 0, claim.after(), filter, repeats, reset);
        log.send(log.stream, header, body.toByteArray(), claim.after());
        log.send(BrokerNames.claims(source), header, body.toByteArray(), claim.after());
        if (!publisher.awaitAll(CLAIM_PATIENCE.toNanos())) {
            throw new PublishFailed("the broker did not confirm a claim within " + CLAIM_PATIENCE.toSeconds()
                    + " s; is it out of memory or disk space?");
        }
        return log;
    }

    /** What is published from now on is new. */
    public void endRepeats() {
        repeats = null;
    }

    public void publish(Message message) throws IOException, InterruptedException {
        MessageHeader header = MessageHeader.ofLog(
                MessageHeader.Kind.ROWS,
                epoch,
                message.seq(),
                message.entries(),
                publisher.confirmed(),
                message.filter(),
                repeats,
                reset);
        send(stream, header, message.body(), message.lastSeq());
    }

    private void send(String to, MessageHeader header, byte[] body, long token)
            throws IOException, InterruptedException {
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .type(header.kind().type())
                .deliveryMode(PERSISTENT)
                .headers(header.toHeaders())
                .build();
        publisher.publish("", to, properties, body, token);
    }

    public long epoch() {
        return epoch;
    }

    /** Number of the last entry such that it and all before it are confirmed. */
    public long confirmed() {
        return publisher.confirmed();
    }

    /** Whether the broker has stopped taking messages because of a memory or disk alarm. */
    public boolean blocked() {
        return publisher.blocked();
    }

    /**
     * Asks whether everything so far was taken or may still be.
     *
     * @throws PublishFailed if not
     */
    public void check() {
        publisher.check();
    }

    /** Waits for the confirms that are missing; false if that takes longer than {@code patience}. */
    public boolean awaitConfirms(Duration patience) throws InterruptedException {
        return publisher.awaitAll(patience.toNanos());
    }

    @Override
    public void close() {
        publisher.close();
    }
}
