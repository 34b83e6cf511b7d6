package dev.sluice.sink.batch;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.sink.order.Watermark;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One row change; its cells are slices of the message's bytes, one for each column of the table line that the source's
 * log holds. Immutable.
 *
 * <p>Rows of one table share one {@link TableLine} instance as long as the table line's bytes stay the same.
 */
public final class Row {
    private static final int[] NONE = {};

    private final RowOp op;
    private final Watermark at;
    private final TableLine table;
    private final TransactionLine transaction;
    private final byte[] bytes;
    private final int lineFrom;
    private final int lineTo;
    private final int[] cells;
    private final int[] old;
    private final int[] written;
    private final boolean complete;
    private final boolean again;

    Row(RowLine line, Watermark at, TableLine table, TransactionLine transaction, boolean again) {
        op = line.op();
        this.again = again;
        this.at = at;
        this.table = table;
        this.transaction = transaction;
        bytes = line.body();
        lineFrom = line.from();
        lineTo = line.to();
        complete = line.complete();
        cells = new int[2 * table.columns().size()];
        if (!complete) {
            Arrays.fill(cells, -1);
        }
        for (int n = 0; n < line.size(); n++) {
            int i = line.ordinal(n);
            cells[2 * i] = line.cellStart(i);
            cells[2 * i + 1] = line.cellEndOf(i);
        }
        written = line.written() == 0 ? NONE : new int[line.written()];
        for (int i = 0; i < written.length; i++) {
            written[i] = line.writtenOrdinal(i);
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
        return at.seq();
    }

    /** What names it for good: the epoch and its number in the partition. */
    public Watermark at() {
        return at;
    }

    public TableLine table() {
        return table;
    }

    /** The source transaction it is from. */
    public TransactionLine transaction() {
        return transaction;
    }

    /** Whether it was sent before: another row of the target may have a unique value by now that this one had then. */
    public boolean again() {
        return again;
    }

    /** The array that the cells are slices of; must not be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** First byte of its line. */
    public int lineFrom() {
        return lineFrom;
    }

    /** Behind the last byte of its line, which is not the newline. */
    public int lineTo() {
        return lineTo;
    }

    /** The table at the target that it goes to. */
    public TableLine.Target target() {
        return table.target() == null ? new TableLine.Target(table.schema(), table.name()) : table.target();
    }

    /** Number of columns. */
    public int size() {
        return cells.length / 2;
    }

    /** Whether every column is present. */
    public boolean complete() {
        return complete;
    }

    /**
     * Whether it is told what the column holds: after the change, for a delete before it. If not, an update did not write
     * the column, and an insert gave it its default.
     */
    public boolean present(int ordinal) {
        return cells[2 * ordinal] >= 0;
    }

    /** Whether it is told what the column held before an update or delete. */
    public boolean presentBefore(int ordinal) {
        return op != RowOp.INSERT && op != RowOp.SNAPSHOT && present(ordinal) && !written(ordinal);
    }

    /** Whether an update wrote the column and it is not told what was there before; that may be the same. */
    public boolean written(int ordinal) {
        for (int each : written) {
            if (each == ordinal) {
                return true;
            }
        }
        return false;
    }

    /** First byte of a present column's cell: the after image, the before image for a delete. */
    public int start(int ordinal) {
        return cells[2 * ordinal];
    }

    /** Behind the last byte of a column's cell. */
    public int end(int ordinal) {
        return cells[2 * ordinal + 1];
    }

    /** First byte of what the cell of a column {@link #presentBefore} was: the same cell unless an update changed it. */
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
