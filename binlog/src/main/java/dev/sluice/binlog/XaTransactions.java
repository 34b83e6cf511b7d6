package dev.sluice.binlog;

import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.event.Xid;
import dev.sluice.binlog.protocol.ByteCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what XA transactions changed until their outcome. Small ones are kept as bytes; of others, and of those prepared
 * before this reader began, the binary log itself is asked again. Not safe for concurrent use.
 */
final class XaTransactions {
    private static final int LARGEST_KEPT = 1 << 20;
    private static final int ALL_KEPT = 16 << 20;
    private static final int PLACES_KEPT = 10_000;

    /**
     * A transaction.
     *
     * @param events its table maps and rows; null if they were too many
     */
    private record Changes(FilePosition place, @Nullable List<byte[]> events, int bytes) {}

    private final XaLog log;
    private final RowEvents rows;
    private final Map<Xid, Changes> prepared = new LinkedHashMap<>();
    private long keptBytes;
    private @Nullable FilePosition recorded;
    private @Nullable List<byte[]> events;
    private int bytes;

    XaTransactions(XaLog log, RowEvents rows) {
        this.log = log;
        this.rows = rows;
    }

    /** Whether an XA transaction is being read that may yet turn out to be prepared only. */
    boolean recording() {
        return recorded != null;
    }

    void begin(FilePosition place) {
        recorded = place;
        events = new ArrayList<>();
        bytes = 0;
    }

    /** Takes a table map or rows event. */
    void record(Event event) {
        List<byte[]> kept = events;
        if (kept == null) {
            return;
        }
        ByteCursor body = event.body();
        bytes += body.remaining() + 1;
        if (bytes > LARGEST_KEPT || keptBytes + bytes > ALL_KEPT) {
            events = null;
            bytes = 0;
            return;
        }
        byte[] copy = new byte[body.remaining() + 1];
        copy[0] = (byte) event.type();
        System.arraycopy(body.bytes(), body.position(), copy, 1, copy.length - 1);
        kept.add(copy);
    }

    /** The transaction is prepared; its outcome comes later. */
    void prepared(Xid xid) {
        forget(xid);
        if (prepared.size() >= PLACES_KEPT) {
            forget(prepared.keySet().iterator().next());
        }
        Changes changes = recorded();
        prepared.put(xid, changes);
        keptBytes += changes.bytes;
    }

    /** The transaction is committed as soon as prepared. */
    void committedAtOnce(BinlogHandler handler) throws IOException {
        hand(recorded(), handler);
    }

    /**
     * Hands the rows of a transaction to the handler.
     *
     * @param place of the commit
     */
    void committed(Xid xid, FilePosition place, BinlogHandler handler) throws IOException {
        Changes changes = forget(xid);
        hand(changes != null ? changes : new Changes(log.find(xid, place), null, 0), handler);
    }

    void rolledBack(Xid xid) {
        forget(xid);
    }

    private Changes recorded() {
        FilePosition place = recorded;
        if (place == null) {
            throw new IllegalArgumentException("the end of an XA transaction that has not begun");
        }
        Changes changes = new Changes(place, events, bytes);
        recorded = null;
        events = null;
        return changes;
    }

    private @Nullable Changes forget(Xid xid) {
        Changes changes = prepared.remove(xid);
        keptBytes -= changes == null ? 0 : changes.bytes;
        return changes;
    }

    private void hand(Changes changes, BinlogHandler handler) throws IOException {
        if (changes.events == null) {
            log.read(changes.place, rows, handler);
            return;
        }
        for (byte[] event : changes.events) {
            hand(rows, event[0] & 0xff, new ByteCursor(event, 1, event.length), handler);
        }
    }

    /** Hands on the rows of an event, or takes in its table map. */
    static void hand(RowEvents rows, int type, ByteCursor body, BinlogHandler handler) {
        var op = RowEvents.op(type);
        if (op != null) {
            rows.rows(type, op, body, handler);
        } else if (type == EventType.TABLE_MAP) {
            rows.tableMap(body);
        }
    }
}
