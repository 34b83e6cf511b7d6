package dev.sluice.binlog;

import dev.sluice.binlog.event.DumpEnded;
import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.event.EventStream;
import dev.sluice.binlog.event.EventType;
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

/** Reads prepared XA transactions from the binary log again, each time over a connection of its own. */
final class XaLog {
    private static final Logger LOG = LoggerFactory.getLogger(XaLog.class);
    private static final int END_WITH_THE_LOG = 1;
    /** Tells the server that no replica reads, so that it pushes none out. */
    private static final int NO_REPLICA = 0;

    private static final long FIRST_EVENT = 4;
    private static final long LARGEST_ASKED = 0xffff_ffffL;

    private final ReaderOptions options;

    XaLog(ReaderOptions options) {
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

    /** Hands the rows of the transaction at a place to the handler. */
    void read(FilePosition place, RowEvents rows, BinlogHandler handler) throws IOException {
        try (SourceConnection connection = SourceConnection.open(options.address(), options.timeout())) {
            EventStream stream = dump(connection, place);
            boolean began = false;
            while (true) {
                Event event = stream.next();
                if (event.type() == EventType.FORMAT_DESCRIPTION) {
                    ServerVersion writer = stream.writer();
                    if (writer != null) {
                        rows.newFile(writer);
                    }
                } else if (!event.artificial() && event.start() >= place.offset()) {
                    if (event.type() == EventType.XA_PREPARE) {
                        return;
                    }
                    if (startsTransaction(event.type()) && began) {
                        throw new BinlogFormatException(
                                "the transaction at " + place + " is no longer an XA transaction");
                    }
                    began |= startsTransaction(event.type());
                    XaTransactions.hand(rows, event.type(), event.body(), handler);
                }
            }
        }
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

    private static EventStream dump(SourceConnection connection, FilePosition place) throws IOException {
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
