package dev.sluice.sink.batch;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.message.TransactionLine;
import org.jspecify.annotations.Nullable;

/**
 * One row change; its cells are slices of the message's bytes, one for each column of the table line. Immutable.
 *
 * <p>Rows of one table share one {@link TableLine} instance as long as the table line's bytes stay the same.
 */
public final class Row {
    private static final int[] NONE = {};

    private final RowOp op;
    private final long seq;
    private final TableLine table;
    private final TransactionLine transaction;
    private final byte[] bytes;
    private final int[] cells;
    private final int[] old;

    Row(RowLine line, long seq, TableLine table, TransactionLine transaction) {
        op = line.op();
        this.seq = seq;
        this.table = table;
        this.transaction = transaction;
        bytes = line.body();
        cells = new int[2 * line.size()];
        for (int i = 0; i < line.size(); i++) {
            cells[2 * i] = line.cellStart(i);
            cells[2 * i + 1] = line.cellEndOf(i);
        }
        old = line.changes() == 0 ? NONE : new int[3 * line.changes()];
        for (int i = 0; i < line.changes(); i++) {
            old[3 * i] = line.changedOrdinal(i);
            old[3 * i + 1] = line.oldStart(i);
            old[3 * i + 2] = line.oldEnd(i);
        }
    }

    public RowOp op() {
        return op;
    }

    /** Its number in the partition. */
    public long seq() {
        return seq;
    }

    public TableLine table() {
        return table;
    }

    /** The source transaction it is from. */
    public TransactionLine transaction() {
        return transaction;
    }

    /** The array that the cells are slices of; must not be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Number of columns. */
    public int size() {
        return cells.length / 2;
    }

    /** First byte of a column's cell: the after image, the before image for a delete. */
    public int start(int ordinal) {
        return cells[2 * ordinal];
    }

    /** Behind the last byte of a column's cell. */
    public int end(int ordinal) {
        return cells[2 * ordinal + 1];
    }

    /** First byte of what the column's cell was before: the same cell unless an update changed it. */
    public int startBefore(int ordinal) {
        int change = change(ordinal);
        return change < 0 ? start(ordinal) : old[change + 1];
    }

    /** Behind the last byte of what the column's cell was before. */
    public int endBefore(int ordinal) {
        int change = change(ordinal);
        return change < 0 ? end(ordinal) : old[change + 2];
    }

    public boolean isNull(int ordinal) {
        return CellText.isNull(bytes, start(ordinal), end(ordinal));
    }

    /** A cell's text, digits or base64; null for SQL NULL. */
    public @Nullable String text(int ordinal) {
        return isNull(ordinal) ? null : CellText.decode(bytes, start(ordinal), end(ordinal));
    }

    private int change(int ordinal) {
        for (int i = 0; i < old.length; i += 3) {
            if (old[i] == ordinal) {
                return i;
            }
        }
        return -1;
    }
}
