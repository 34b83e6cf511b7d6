package dev.sluice.change.condition;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.RowLine;

/** A row before or after a change, of which one cell at a time is looked at where it is. Reused; not thread-safe. */
public final class RowImage {
    private static final byte[] NONE = {};

    private RowLine row = new RowLine();
    private boolean before;
    private byte[] bytes = NONE;
    private int from;
    private int to;

    /** The row that a line holds: after the change, for a delete before it. */
    public RowImage current(RowLine line) {
        return over(line, false);
    }

    /** The row before an update. */
    public RowImage before(RowLine line) {
        return over(line, true);
    }

    private RowImage over(RowLine line, boolean old) {
        row = line;
        before = old;
        bytes = line.body();
        return this;
    }

    /** Looks at the cell of a column, which the line must have. */
    public RowImage find(int column) {
        if (before) {
            for (int i = 0; i < row.changes(); i++) {
                if (row.changedOrdinal(i) == column) {
                    from = row.oldStart(i);
                    to = row.oldEnd(i);
                    return this;
                }
            }
        }
        from = row.cellStart(column);
        to = row.cellEndOf(column);
        return this;
    }

    /** Whether the cell that is looked at is NULL. */
    public boolean isNull() {
        return CellText.isNull(bytes, from, to);
    }

    String text() {
        return CellText.decode(bytes, from, to);
    }

    /** The array that the cell is a slice of, from {@link #from()} to {@link #to()}. */
    public byte[] bytes() {
        return bytes;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }
}
