package dev.sluice.capture.reading;

import dev.sluice.binlog.BinlogHandler;
import dev.sluice.binlog.DdlStatement;
import dev.sluice.binlog.ExecutedGtids;
import dev.sluice.binlog.GtidSet;
import dev.sluice.binlog.TransactionEnd;
import dev.sluice.binlog.TransactionStart;
import dev.sluice.binlog.row.BareTable;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the binlog and what follows: keeps the GTIDs of all that was read, and passes over transactions that
 * were read before the place where reading began. They come where a server that is asked by GTID begins at the head of a
 * file. Used by one thread.
 */
public final class KnownTransactions implements BinlogHandler {
    private static final long HEAD_OF_FILE = 4;

    private final boolean mariaDb;
    private final @Nullable GtidSet before;
    private @Nullable ExecutedGtids executed;
    private @Nullable BinlogHandler next;
    private @Nullable String gtid;
    private boolean known;
    private boolean begun;

    /**
     * Knows what was read.
     *
     * @param before its GTIDs; null if they are not known, or if there are none
     */
    public KnownTransactions(@Nullable String before, boolean mariaDb) {
        this.mariaDb = mariaDb;
        // MariaDB itself leaves out what it was told, and its numbers need not grow
        this.before = before == null || mariaDb ? null : GtidSet.parse(before);
        executed = before == null ? null : ExecutedGtids.parse(before, mariaDb);
    }

    /** The same, handing on to what follows. */
    public BinlogHandler before(BinlogHandler handler) {
        next = handler;
        return this;
    }

    /** The GTIDs of all that was read before the present transaction; null if they are not known. */
    public @Nullable String executed() {
        return executed == null || gtid == null && executed.text().isEmpty() ? null : executed.text();
    }

    @Override
    public void transactionStarted(TransactionStart transaction) {
        begun = true;
        gtid = transaction.gtid();
        known = gtid != null && before != null && executed != null && executed.contains(gtid) && before.contains(gtid);
        if (!known) {
            next().transactionStarted(transaction);
        }
    }

    @Override
    public @Nullable TableShape shapeOf(BareTable table) throws IOException {
        return known ? null : next().shapeOf(table);
    }

    @Override
    public boolean wants(TableShape table, RowOp op, int bytes) {
        return !known && next().wants(table, op, bytes);
    }

    @Override
    public void row(TableShape table, DecodedRow row) {
        if (!known) {
            next().row(table, row);
        }
    }

    @Override
    public void ddl(DdlStatement statement) {
        if (!known) {
            next().ddl(statement);
        }
    }

    @Override
    public void transactionEnded(TransactionEnd end) {
        if (known) {
            next().positionMoved(end.file(), end.endOffset());
            return;
        }
        if (gtid != null && executed != null) {
            executed.add(gtid);
        }
        next().transactionEnded(end);
    }

    @Override
    public void positionMoved(String file, long offset) {
        // a server asked by GTID says the head of the file before it has looked for the place in it
        if (begun || offset > HEAD_OF_FILE) {
            next().positionMoved(file, offset);
        }
    }

    @Override
    public void executedBefore(String gtids) {
        if (executed == null) {
            executed = ExecutedGtids.parse(gtids, mariaDb);
        }
        next().executedBefore(gtids);
    }

    private BinlogHandler next() {
        if (next == null) {
            throw new IllegalStateException("nothing follows");
        }
        return next;
    }
}
