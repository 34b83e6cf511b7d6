package dev.sluice.dispatch;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.ConfirmedPublisher;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.message.Claim;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MessageHeader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Writes a source log as a capture does, and as captures that die do. */
final class SourceLogWriter implements AutoCloseable {
    private final ConfirmedPublisher publisher;
    private final String stream;
    private long published;

    SourceLogWriter(Connection connection, String source) throws IOException {
        this(connection, source, true);
    }

    /** A writer for a log that may be there already, with other retention. */
    SourceLogWriter(Connection connection, String source, boolean declare) throws IOException {
        stream = BrokerNames.sourceLog(source);
        publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0);
        if (declare) {
            Topology.sourceLog(publisher.channel(), source, 20_000_000_000L, Duration.ofDays(7));
        }
    }

    void claim(long epoch, long after) throws Exception {
        LineBuffer body = new LineBuffer(200);
        Lines.write(body, new Claim(epoch, after, "test", 1, LogBody.transaction(0, after, null)));
        publish(new MessageHeader(MessageHeader.Kind.CLAIM, epoch, after, 0, after, 0), body.toByteArray());
    }

    /** One message. */
    void message(long epoch, List<Change> changes) throws Exception {
        publish(
                new MessageHeader(MessageHeader.Kind.ROWS, epoch, changes.get(0).seq(), changes.size(), 0, 0),
                LogBody.of(changes));
    }

    /** Messages of random sizes. */
    void messages(long epoch, List<Change> changes, Random sizes) throws Exception {
        for (int from = 0; from < changes.size(); ) {
            int to = Math.min(changes.size(), from + 1 + sizes.nextInt(40));
            message(epoch, changes.subList(from, to));
            from = to;
        }
        awaitConfirms();
    }

    void position(long epoch, long nextSeq) throws Exception {
        LineBuffer body = new LineBuffer(200);
        Lines.writePosition(body, LogBody.transaction(nextSeq, nextSeq - 1, null));
        publish(new MessageHeader(MessageHeader.Kind.ROWS, epoch, nextSeq, 0, 0, 0), body.toByteArray());
    }

    void publish(MessageHeader header, byte[] body) throws Exception {
        publisher.publish(
                "",
                stream,
                new AMQP.BasicProperties.Builder()
                        .type(header.kind().type())
                        .deliveryMode(2)
                        .headers(header.toHeaders())
                        .build(),
                body,
                ++published);
    }

    void awaitConfirms() throws Exception {
        if (!publisher.awaitAllSeconds(60)) {
            throw new IOException("not confirmed");
        }
    }

    @Override
    public void close() {
        publisher.close();
    }
}
