package dev.sluice.demo.check;

import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.StreamRecord;
import dev.sluice.broker.StreamTail;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.message.LineKind;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.MessageHeader;
import java.io.IOException;

/** Reads a whole source log by the reader's rule and says whether every entry is there, once and in order. */
public final class SourceLogCheck {
    private final LineScanner lines = new LineScanner();
    private long epoch;
    private long next = 1;
    private long entries;
    private long claims;
    private long ignored;

    private SourceLogCheck() {}

    /**
     * What the log holds.
     *
     * @param entries entries that a reader takes
     * @param last number of the last one; equal to {@code entries} if the log is dense from 1
     * @param ignored entries that a reader skips because it has them or they are of an ended epoch
     */
    public record Result(long entries, long last, long claims, long ignored) {
        public boolean dense() {
            return entries == last;
        }
    }

    /** Reads the log of a source from its first record to its present end. */
    public static Result read(String brokerUri, String source) throws IOException, InterruptedException {
        SourceLogCheck check = new SourceLogCheck();
        try (Connection connection = new BrokerConnections(brokerUri).open("source log check")) {
            StreamTail.read(connection, BrokerNames.sourceLog(source), Long.MAX_VALUE / 2, check::take);
        }
        return new Result(check.entries, check.next - 1, check.claims, check.ignored);
    }

    private void take(StreamRecord record) {
        MessageHeader header = MessageHeader.of(record.type(), record.headers());
        if (header.kind() == MessageHeader.Kind.CLAIM) {
            claims++;
            if (header.epoch() > epoch) {
                epoch = header.epoch();
                if (header.seq() > next - 1) {
                    throw new IllegalStateException("claim of epoch " + epoch + " says the log ends at " + header.seq()
                            + ", it ends at " + (next - 1));
                }
            }
            return;
        }
        if (header.kind() != MessageHeader.Kind.ROWS) {
            return;
        }
        int counted = count(record.body());
        if (counted != header.entries()) {
            throw new IllegalStateException(
                    "message " + header.seq() + " says " + header.entries() + " entries and has " + counted);
        }
        if (header.epoch() < epoch || header.seq() > next || header.lastSeq() < next) {
            ignored += header.entries();
            return;
        }
        ignored += next - header.seq();
        entries += header.lastSeq() - next + 1;
        next = header.lastSeq() + 1;
    }

    private int count(byte[] body) {
        int count = 0;
        lines.over(body);
        while (lines.next()) {
            if (lines.kind() == LineKind.ROW || lines.kind() == LineKind.DDL) {
                count++;
            }
        }
        return count;
    }
}
