package dev.sluice.dispatch.intake;

import com.rabbitmq.client.Connection;
import dev.sluice.broker.StreamReader;
import dev.sluice.broker.StreamRecord;
import dev.sluice.broker.StreamStart;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.message.LineKind;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MessageHeader;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a source log from a place and gives each entry once, in order. The place's offset is tried first; if another
 * record is there, or a gap does not close, the log is read from the first record it still has. Not thread-safe.
 */
public final class SourceLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceLog.class);

    /** How long the record at a hint may take to come before the hint is taken for one beyond the end. */
    private static final Duration HINT_PATIENCE = Duration.ofSeconds(5);
    /** How long a gap may last before the log is read from its first record. */
    private static final Duration GAP_PATIENCE = Duration.ofSeconds(10);

    private final Connection connection;
    private final String source;
    private final String stream;
    private final @Nullable Place place;
    private StreamReader reader;
    private LogOrder order;
    private boolean fromFirst;
    private boolean placeSeen;
    private long gapSince;
    private @Nullable StreamRecord pushedBack;
    private @Nullable String probeId;
    private boolean probeSeen;

    private SourceLog(Connection connection, String source, @Nullable Place place, StreamReader reader) {
        this.connection = connection;
        this.source = source;
        this.stream = BrokerNames.sourceLog(source);
        this.place = place;
        this.reader = reader;
        this.order = LogOrder.fromFirst(place == null ? 0 : place.seq() + 1);
        this.fromFirst = true;
        this.placeSeen = place == null;
    }

    /**
     * Opens the log of a source, which must exist.
     *
     * @param place of the last entry that is dispatched; null to begin at the first record
     */
    public static SourceLog open(Connection connection, String source, @Nullable Place place)
            throws IOException, InterruptedException {
        String stream = BrokerNames.sourceLog(source);
        if (place != null && place.offset() >= 0) {
            StreamReader reader = new StreamReader(connection, stream, StreamStart.at(place.offset()));
            StreamRecord first = reader.poll(HINT_PATIENCE);
            if (first != null && holds(first, place)) {
                SourceLog log = new SourceLog(connection, source, place, reader);
                log.order = LogOrder.at(place.epoch(), place.seq() + 1);
                log.fromFirst = false;
                log.pushedBack = first;
                return log;
            }
            reader.close();
            LOG.info(
                    "source log {}: entry {} is not at offset {}, reading from the first record",
                    source,
                    place.seq(),
                    place.offset());
        }
        return new SourceLog(connection, source, place, new StreamReader(connection, stream, StreamStart.FIRST));
    }

    /** Whether the log still has all entries from the first on. */
    public static boolean beginsAtFirstEntry(Connection connection, String source)
            throws IOException, InterruptedException {
        LogBegin begin = begin(connection, source);
        return begin != null && begin.entry() <= 1;
    }

    /** What the log still has; null if it holds nothing or does not say so soon. */
    public static @Nullable LogBegin begin(Connection connection, String source)
            throws IOException, InterruptedException {
        try (StreamReader reader = new StreamReader(connection, BrokerNames.sourceLog(source), StreamStart.FIRST)) {
            long first = Long.MAX_VALUE;
            while (true) {
                StreamRecord record = reader.poll(HINT_PATIENCE);
                if (record == null) {
                    return first == Long.MAX_VALUE ? null : new LogBegin(first, 0);
                }
                if (MessageHeader.Kind.PROBE.type().equals(record.type())) {
                    continue;
                }
                MessageHeader header = MessageHeader.of(record.type(), record.headers());
                boolean claim = header.kind() == MessageHeader.Kind.CLAIM;
                first = Math.min(first, claim ? header.seq() + 1 : header.seq());
                long commit = claim ? 0 : firstCommit(record.body());
                if (commit > 0) {
                    return new LogBegin(first, commit);
                }
            }
        }
    }

    private static long firstCommit(byte[] body) {
        LineScanner lines = new LineScanner().over(body);
        while (lines.next()) {
            if (lines.kind() == LineKind.TRANSACTION) {
                return Lines.transaction(lines.body(), lines.from(), lines.to()).time();
            }
        }
        return 0;
    }

    private static boolean holds(StreamRecord record, Place place) {
        if (record.offset() != place.offset() || !MessageHeader.Kind.ROWS.type().equals(record.type())) {
            return false;
        }
        MessageHeader header = MessageHeader.of(record.type(), record.headers());
        return header.epoch() == place.epoch() && header.seq() <= place.seq() + 1 && header.lastSeq() >= place.seq();
    }

    /** Looks out for a probe; {@link #probeSeen()} tells. */
    public void expectProbe(String id) {
        probeId = id;
        probeSeen = false;
    }

    /** Whether everything that was in the log before the expected probe has been read. */
    public boolean probeSeen() {
        return probeSeen;
    }

    /**
     * The next message with entries that count, or one that only moves the place.
     *
     * @return null if none came within {@code wait}
     * @throws PlaceLost if the log begins behind the place, or is not the log in which the place was
     */
    public @Nullable SourceMessage next(Duration wait) throws IOException, InterruptedException {
        StreamRecord record = pushedBack;
        pushedBack = null;
        if (record == null) {
            record = reader.poll(wait);
        }
        if (record == null) {
            checkGap();
            return null;
        }
        if (MessageHeader.Kind.PROBE.type().equals(record.type())) {
            probeSeen |= probeId != null
                    && probeId.equals(String.valueOf(record.headers().get("probe")));
            return null;
        }
        MessageHeader header = MessageHeader.of(record.type(), record.headers());
        if (header.kind() == MessageHeader.Kind.CLAIM) {
            claim(header);
            return null;
        }
        long first = order.rows(header);
        if (first < 0) {
            noteGap(header);
            return null;
        }
        gapSince = 0;
        verifyPlace(header, record);
        return new SourceMessage(
                record.offset(),
                header.epoch(),
                header.seq(),
                first,
                header.lastSeq(),
                header.repeats() != null,
                record.body());
    }

    /** An entry is a row that a snapshot copied. */
    public void copied(long entry) {
        order.copied(entry);
    }

    /** Whether nothing has arrived that was not yet taken. */
    public boolean idle() {
        return pushedBack == null && reader.idle();
    }

    /** Why no entries come although the log has records; null if all is well. */
    public @Nullable String problem() {
        if (gapSince != 0) {
            return "entries from " + order.next()
                    + " on are missing in the source log, waiting for its capture to claim it";
        }
        if (place != null && !placeSeen && order.next() <= place.seq()) {
            return "the source log ends before entry " + place.seq()
                    + ", where this pipeline is; waiting for the capture";
        }
        return null;
    }

    @Override
    public void close() {
        reader.close();
    }

    private void claim(MessageHeader header) throws IOException {
        try {
            order.claim(header);
            gapSince = 0;
            LOG.info("source log {}: claim of epoch {} after entry {}", source, header.epoch(), header.seq());
        } catch (HoleInLog e) {
            if (fromFirst) {
                throw e;
            }
            restartFromFirst(String.valueOf(e.getMessage()));
        }
    }

    private void noteGap(MessageHeader header) throws IOException {
        if (!order.gap()) {
            return;
        }
        if (gapSince == 0) {
            gapSince = System.nanoTime() | 1;
            LOG.warn(
                    "source log {}: entries {} to {} are missing, passing over what follows until a claim",
                    source,
                    order.next(),
                    header.seq() - 1);
        }
        checkGap();
    }

    private void checkGap() throws IOException {
        if (gapSince != 0 && !fromFirst && System.nanoTime() - gapSince > GAP_PATIENCE.toNanos()) {
            restartFromFirst("the gap before entry " + order.next() + " does not close");
        }
    }

    private void restartFromFirst(String why) throws IOException {
        LOG.warn("source log {}: {}; reading from the first record", source, why);
        long wanted = order.wanted();
        reader.close();
        reader = new StreamReader(connection, stream, StreamStart.FIRST);
        order = LogOrder.fromFirst(wanted);
        fromFirst = true;
        gapSince = 0;
    }

    private void verifyPlace(MessageHeader header, StreamRecord record) {
        if (placeSeen || place == null || header.lastSeq() < place.seq()) {
            return;
        }
        placeSeen = true;
        if (place.transaction() == null || header.seq() > place.seq()) {
            return;
        }
        String found = TransactionName.ofEntry(record.body(), header.seq(), place.seq());
        if (!place.transaction().equals(found)) {
            throw new PlaceLost("the source log of " + source + " was begun anew: its entry " + place.seq()
                    + " is of transaction " + found + ", while this pipeline has dispatched " + place.transaction());
        }
    }
}
