package dev.sluice.binlog;

import dev.sluice.binlog.event.DumpEnded;
import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.event.EventStream;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.event.QueryEvent;
import dev.sluice.binlog.event.Xid;
import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.search.BinlogFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads transactions of the binary log a second time, each time over a connection of its own: how they end before the
 * reader goes on, or what they changed when that is known.
 */
final class SecondReading {
    private static final Logger LOG = LoggerFactory.getLogger(SecondReading.class);
    private static final int END_WITH_THE_LOG = 1;
    /** Tells the server that no replica reads, so that it pushes none out. */
    private static final int NO_REPLICA = 0;

    private static final long FIRST_EVENT = 4;
    private static final long LARGEST_ASKED = 0xffff_ffffL;

    private final ReaderOptions options;

    SecondReading(ReaderOptions options) {
        this.options = options;
    }

    /**
     * Finds where a transaction was prepared: the last time before a place, for names may be used again.
     *
     * @throws BinlogFormatException if the source no longer has it
     */
    FilePosition find(Xid xid, FilePosition before) throws IOException {
        LOG.info(
                "Looking for the XA transaction {} in front of {}, which was prepared before reading began",
                xid,
                before);
        List<String> files = files();
        int last = files.indexOf(before.file());
        for (int i = last; i >= 0; i--) {
            FilePosition found = findIn(files.get(i), xid, i == last ? before.offset() : Long.MAX_VALUE);
            if (found != null) {
                return found;
            }
        }
        throw new BinlogFormatException(
                "the XA transaction " + xid + " is committed at " + before
                        + ", but the log in which it was prepared has been purged: snapshot its tables anew, then start behind it");
    }

    /**
     * Hands on the changes of the XA transaction at a place.
     *
     * @param rows to be told which server wrote the file
     */
    void read(FilePosition place, Outcome outcome, RowEvents rows, KeptEvents.Taker taker) throws IOException {
        try (SourceConnection connection = SourceConnection.open(options.address(), options.timeout())) {
            EventStream stream = dump(connection, place);
            long changes = 0;
            boolean began = false;
            while (true) {
                Event event = stream.next();
                int type = event.type();
                if (type == EventType.FORMAT_DESCRIPTION) {
                    ServerVersion writer = stream.writer();
                    if (writer != null) {
                        rows.newFile(writer);
                    }
                } else if (!event.artificial() && event.start() >= place.offset()) {
                    if (type == EventType.XA_PREPARE) {
                        return;
                    }
                    if (startsTransaction(type) && began) {
                        throw new BinlogFormatException(
                                "the transaction at " + place + " is no longer an XA transaction");
                    }
                    began |= startsTransaction(type);
                    if (isChange(event) && outcome.holds(changes++)) {
                        taker.take(type, event.body());
                    }
                }
            }
        }
    }

    /** How the transaction at a place ends. */
    Outcome outcome(FilePosition place) throws IOException {
        try (SourceConnection connection = SourceConnection.open(options.address(), options.timeout())) {
            EventStream stream = dump(connection, place);
            Savepoints savepoints = new Savepoints();
            long changes = 0;
            boolean began = false;
            while (true) {
                Event event = stream.next();
                int type = event.type();
                if (event.artificial() || event.start() < place.offset()) {
                    continue;
                }
                if (type == EventType.XID || type == EventType.XA_PREPARE) {
                    return new Outcome(true, savepoints.undone());
                }
                if (isChange(event)) {
                    changes++;
                    continue;
                }
                switch (statement(event)) {
                    case SAVEPOINT -> savepoints.set(sql(event), new Savepoints.Mark(changes, 0));
                    case ROLLBACK_TO -> savepoints.rollBack(sql(event), changes);
                    case COMMIT -> {
                        return new Outcome(true, savepoints.undone());
                    }
                    case ROLLBACK -> {
                        return new Outcome(false, List.of());
                    }
                    default -> {
                        // no other statement ends a transaction
                    }
                }
                if (startsTransaction(type) && began) {
                    throw new BinlogFormatException("the transaction at " + place + " has no end");
                }
                began |= startsTransaction(type);
            }
        }
    }

    /** Whether an event is one of those that a transaction's changes are numbered by. */
    static boolean isChange(Event event) {
        return event.type() == EventType.TABLE_MAP
                || RowEvents.op(event.type()) != null
                || switch (statement(event)) {
                    case OTHER, EMPTIED_TABLE -> true;
                    default -> false;
                };
    }

    /** What the statement in an event means; that of other events is taken for a BEGIN, which says nothing here. */
    private static StatementKind statement(Event event) {
        return switch (event.type()) {
            case EventType.QUERY, EventType.MARIADB_QUERY_COMPRESSED -> StatementKind.of(sql(event));
            default -> StatementKind.BEGIN;
        };
    }

    private static String sql(Event event) {
        return QueryEvent.parse(event.body(), event.type() == EventType.MARIADB_QUERY_COMPRESSED)
                .sql();
    }

    private @Nullable FilePosition findIn(String file, Xid xid, long before) throws IOException {
        FilePosition found = null;
        try (SourceConnection connection = SourceConnection.open(options.address(), options.timeout())) {
            EventStream stream = dump(connection, new FilePosition(file, FIRST_EVENT));
            long start = FIRST_EVENT;
            while (true) {
                Event event = stream.next();
                if (!stream.file().equals(file) || event.start() >= before) {
                    return found;
                }
                if (startsTransaction(event.type())) {
                    start = event.start();
                } else if (event.type() == EventType.XA_PREPARE) {
                    ByteCursor body = event.body();
                    boolean onePhase = body.uint8() != 0;
                    if (!onePhase && Xid.of(body).equals(xid)) {
                        found = new FilePosition(file, start);
                    }
                }
            }
        } catch (DumpEnded e) {
            return found;
        }
    }

    private List<String> files() throws IOException {
        try (SourceConnection connection = SourceConnection.open(options.address(), options.timeout())) {
            return BinlogFile.all(connection).stream().map(BinlogFile::name).toList();
        }
    }

    /** The events from a place, over the connection, to the end of the log. */
    static EventStream dump(SourceConnection connection, FilePosition place) throws IOException {
        connection.understandEvents();
        // the command has 32 bits for the offset
        long from = place.offset() > LARGEST_ASKED ? FIRST_EVENT : place.offset();
        connection.dumpFromFile(place.file(), from, END_WITH_THE_LOG, NO_REPLICA);
        return new EventStream(connection.packets(), place.file(), from);
    }

    private static boolean startsTransaction(int type) {
        return switch (type) {
            case EventType.GTID, EventType.ANONYMOUS_GTID, EventType.GTID_TAGGED, EventType.MARIADB_GTID -> true;
            default -> false;
        };
    }
}
