package dev.sluice.binlog;

import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.event.Xid;
import dev.sluice.binlog.protocol.ByteCursor;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of the transaction that is being read. They are handed on at once unless something later in the log may take
 * them back; then they are kept until its end, and where they are too many to keep the log is asked how it ends. Those of
 * an XA transaction wait for its own outcome. Not safe for concurrent use.
 */
final class OpenTransaction {
    private static final int KEPT = 4 << 20;

    private enum Mode {
        /** Nothing can take a change back, or it is known which are. */
        DIRECT,
        KEEPING,
        /** Too many changes of an XA transaction; they are read again. */
        COUNTING
    }

    private final SecondReading log;
    private final XaTransactions xas;
    private final KeptEvents.Taker taker;
    private final KeptEvents kept = new KeptEvents(KEPT);
    private FilePosition place = new FilePosition("none", 4);
    private Mode mode = Mode.DIRECT;
    private boolean xa;
    private long changes;
    private boolean handed;
    private Savepoints savepoints = new Savepoints();
    private @Nullable Outcome known;

    OpenTransaction(SecondReading log, XaTransactions xas, KeptEvents.Taker taker) {
        this.log = log;
        this.xas = xas;
        this.taker = taker;
    }

    /**
     * A transaction begins.
     *
     * @param mayBeRolledBack whether its end may be a ROLLBACK
     */
    void begin(FilePosition start, boolean mayBeRolledBack) {
        place = start;
        mode = mayBeRolledBack ? Mode.KEEPING : Mode.DIRECT;
        xa = false;
        changes = 0;
        handed = false;
        savepoints = new Savepoints();
        known = null;
        kept.truncate(0);
    }

    /** The transaction turns out to be an XA transaction. */
    void beginXa() {
        mode = Mode.KEEPING;
        xa = true;
    }

    /** Takes a table map, rows or a statement. */
    void take(Event event) throws IOException {
        long number = changes++;
        if (mode == Mode.KEEPING && !kept.add(number, event)) {
            tooMany();
        } else if (mode == Mode.KEEPING) {
            return;
        }
        Outcome outcome = known;
        if (mode == Mode.DIRECT && (outcome == null || outcome.holds(number))) {
            hand(event.type(), event.body());
        }
    }

    void savepoint(String sql) {
        if (known == null) {
            if (mode == Mode.DIRECT) {
                mode = Mode.KEEPING;
            }
            savepoints.set(sql, new Savepoints.Mark(changes, kept.size()));
        }
    }

    void rollBackTo(String sql) {
        if (known == null) {
            Savepoints.Mark mark = savepoints.rollBack(sql, changes);
            kept.truncate(mark.kept());
        }
    }

    void committed() throws IOException {
        if (mode == Mode.KEEPING) {
            kept.hand(new Outcome(true, List.of()), this::hand);
        }
    }

    /** It ends with ROLLBACK; what it changed in tables without transactions is in transactions of its own. */
    void rolledBack() {
        if (handed) {
            throw new IllegalArgumentException(
                    "a transaction is rolled back of which the rows count already; run SET GLOBAL binlog_format=ROW on the"
                            + " source and let clients reconnect, then start behind it");
        }
    }

    /** It ends as a prepared XA transaction, committed at once if it has a single phase. */
    void prepared(boolean committedAtOnce, Xid xid) throws IOException {
        if (!xa) {
            throw new IllegalArgumentException("the end of an XA transaction that has not begun");
        }
        byte[] events = mode == Mode.KEEPING ? kept.copy() : null;
        kept.truncate(0);
        Outcome outcome = new Outcome(true, savepoints.undone());
        if (committedAtOnce) {
            xas.hand(place, events, outcome, taker);
        } else {
            xas.prepared(xid, place, events, outcome);
        }
    }

    private void tooMany() throws IOException {
        if (xa) {
            mode = Mode.COUNTING;
            kept.truncate(0);
            return;
        }
        Outcome outcome = log.outcome(place);
        mode = Mode.DIRECT;
        known = outcome;
        kept.hand(outcome, this::hand);
    }

    private void hand(int type, ByteCursor body) throws IOException {
        handed |= type != EventType.TABLE_MAP;
        taker.take(type, body);
    }
}
