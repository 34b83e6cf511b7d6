package dev.sluice.binlog;

import dev.sluice.binlog.row.BareTable;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a {@link BinlogReader} finds, in the order of the log and on the thread that calls it. Whatever it throws ends
 * the reader: the event is not delivered again, open a new reader at the position wanted.
 */
public interface BinlogHandler {
    void transactionStarted(TransactionStart transaction);

    /**
     * The shape of a table whose table map does not name its columns, as it was at this place of the log; asked for each
     * table map. The same object as long as nothing changes saves work. Lengths of types may be left out.
     *
     * @return null if the rows that follow are to be passed over
     * @throws BinlogFormatException if the shape is not known
     */
    default @Nullable TableShape shapeOf(BareTable table) throws IOException {
        throw new BinlogFormatException("the table map of " + table + " has no column names; run"
                + " SET GLOBAL binlog_row_metadata=FULL on the source (MySQL 8.0.1 or MariaDB 10.5 and later), put it"
                + " into its configuration file too, and start from a position after that");
    }

    /**
     * Whether the rows of the next rows event are wanted. If not, they are passed over by their length: nothing of them is
     * decoded, and it does not matter whether it could be.
     *
     * @param bytes of the event, as they are in the log
     */
    default boolean wants(TableShape table, RowOp op, int bytes) {
        return true;
    }

    /** One row of the open transaction; both arguments' contents: the table is immutable, the row is reused. */
    void row(TableShape table, DecodedRow row);

    /** A statement; always between {@link #transactionStarted} and {@link #transactionEnded}. */
    void ddl(DdlStatement statement);

    void transactionEnded(TransactionEnd end);

    /** The log went on without a transaction: a new file, or a heartbeat that confirms the place. */
    void positionMoved(String file, long offset);

    /**
     * A file begins, or another part of the log that says what precedes it.
     *
     * @param gtids what was executed before it: a GTID set of MySQL, or a list of MariaDB
     */
    default void executedBefore(String gtids) {}
}
