package dev.sluice.change.condition;

import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.RowOp;

/** A condition on the rows of one table. Stateless. */
public final class BoundCondition {
    private final Test test;
    private final int[] columns;

    BoundCondition(Test test, int[] columns) {
        this.test = test;
        this.columns = columns;
    }

    /** Whether it is true of a row; what SQL calls unknown is not true. */
    public boolean holds(RowImage row) {
        return test.of(row) == Truth.TRUE;
    }

    /**
     * Ordinal of a column that it asks for and a line does not tell, after the change or before it; -1 if it tells all.
     */
    public int lacking(RowLine row) {
        boolean whole = row.complete() && row.written() == 0;
        for (int i = 0; !whole && i < columns.length; i++) {
            if (!row.present(columns[i]) || row.op() == RowOp.UPDATE && writes(row, columns[i])) {
                return columns[i];
            }
        }
        return -1;
    }

    private static boolean writes(RowLine row, int column) {
        for (int i = 0; i < row.written(); i++) {
            if (row.writtenOrdinal(i) == column) {
                return true;
            }
        }
        return false;
    }
}
