package dev.sluice.apply.collapse;

import dev.sluice.change.message.RowOp;
import dev.sluice.sink.batch.Row;
import org.jspecify.annotations.Nullable;

/**
 * The sum of two changes of one key. Images are full, so the later one decides what is in the end, and the first one
 * tells what was there before: I+U=I, U+U=U, I+D=D of a row that need not be there, D+I=U, anything+D=D.
 */
final class RowAlgebra {
    private RowAlgebra() {}

    static NetChange add(@Nullable NetChange earlier, Row row, boolean delete) {
        boolean expected = earlier == null ? impliesRowBefore(row) : earlier.expected();
        return new NetChange(row, delete, expected, earlier == null);
    }

    private static boolean impliesRowBefore(Row row) {
        return row.op() == RowOp.UPDATE || row.op() == RowOp.DELETE;
    }
}
