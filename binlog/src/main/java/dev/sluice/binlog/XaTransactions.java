package dev.sluice.binlog;

import dev.sluice.binlog.event.Xid;
import java.io.IOException;
import java.util.LinkedHashMap;
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
     * @param events its changes; null if they were too many
     */
    private record Changes(FilePosition place, byte @Nullable [] events, Outcome outcome) {
        int bytes() {
            return events == null ? 0 : events.length;
        }
    }

    private final SecondReading log;
    private final RowEvents rows;
    private final Map<Xid, Changes> prepared = new LinkedHashMap<>();
    private long keptBytes;

    XaTransactions(SecondReading log, RowEvents rows) {
        this.log = log;
        this.rows = rows;
    }

    /** The transaction is prepared; its outcome comes later. */
    void prepared(Xid xid, FilePosition place, byte @Nullable [] events, Outcome savepoints) {
        forget(xid);
        if (prepared.size() >= PLACES_KEPT) {
            forget(prepared.keySet().iterator().next());
        }
        boolean small = events != null && events.length <= LARGEST_KEPT && keptBytes + events.length <= ALL_KEPT;
        Changes changes = new Changes(place, small ? events : null, savepoints);
        prepared.put(xid, changes);
        keptBytes += changes.bytes();
    }

    /**
     * Hands on the changes of a transaction.
     *
     * @param place of the commit
     */
    void committed(Xid xid, FilePosition place, KeptEvents.Taker taker) throws IOException {
        Changes changes = forget(xid);
        if (changes == null) {
            FilePosition found = log.find(xid, place);
            hand(found, null, log.outcome(found), taker);
        } else {
            hand(changes.place, changes.events, changes.outcome, taker);
        }
    }

    void rolledBack(Xid xid) {
        forget(xid);
    }

    /** Hands on changes that were kept, or reads them again. */
    void hand(FilePosition place, byte @Nullable [] events, Outcome outcome, KeptEvents.Taker taker)
            throws IOException {
        if (events == null) {
            log.read(place, outcome, rows, taker);
        } else {
            KeptEvents.hand(events, outcome, taker);
        }
    }

    private @Nullable Changes forget(Xid xid) {
        Changes changes = prepared.remove(xid);
        keptBytes -= changes == null ? 0 : changes.bytes();
        return changes;
    }
}
