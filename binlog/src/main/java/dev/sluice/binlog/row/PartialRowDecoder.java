package dev.sluice.binlog.row;

import java.util.Arrays;

/**
 * Decodes row images that lack columns, as binlog_row_image MINIMAL and NOBLOB write them. What a column holds after an
 * update is taken from the image before it where only that one has the column, for then it was not written. Not safe for
 * concurrent use.
 */
public final class PartialRowDecoder {
    private static final int NULL = -1;
    private static final int ABSENT = -2;

    private final DecodedRow row = new DecodedRow();
    private final CellWriter cells = new CellWriter();
    private int[] beforeStart = new int[16];
    private int[] beforeLength = new int[16];
    private int[] start = new int[16];
    private int[] length = new int[16];
    private int position;

    public DecodedRow row() {
        return row;
    }

    /** Where the next row starts, after a call of {@link #decode}. */
    public int position() {
        return position;
    }

    /**
     * Decodes the row that starts at a position and ends at the latest at the limit.
     *
     * @param before columns of the image before an update; ignored for other operations
     * @param image columns of the image after an insert or update, or before a delete
     * @throws RuntimeException if the bytes are no such row
     */
    public void decode(TableHandle table, RowOp op, ColumnSet before, ColumnSet image, byte[] in, int at, int limit) {
        DecodePlan plan = table.plan();
        int columns = plan.columns();
        if (start.length < columns) {
            beforeStart = new int[columns];
            beforeLength = new int[columns];
            start = new int[columns];
            length = new int[columns];
        }
        row.begin(op, columns);
        Arrays.fill(row.written, 0, columns, false);
        int next = at;
        if (op == RowOp.UPDATE) {
            next = locate(plan, before, in, next, limit, beforeStart, beforeLength);
        } else {
            Arrays.fill(beforeLength, 0, columns, ABSENT);
        }
        next = locate(plan, image, in, next, limit, start, length);
        writeImage(plan, in, op);
        writeChanges(plan, in);
        position = next;
    }

    private void writeImage(DecodePlan plan, byte[] in, RowOp op) {
        JsonBuffer out = row.buffer;
        boolean complete = true;
        boolean first = true;
        for (int i = 0; i < plan.columns(); i++) {
            boolean fromBefore = length[i] == ABSENT;
            int bytes = fromBefore ? beforeLength[i] : length[i];
            if (bytes == ABSENT) {
                row.cellStart[i] = DecodedRow.ABSENT;
                row.cellEnd[i] = DecodedRow.ABSENT;
                complete = false;
                continue;
            }
            row.written[i] = op == RowOp.UPDATE && beforeLength[i] == ABSENT;
            if (!first) {
                out.ascii(',');
            }
            first = false;
            row.cellStart[i] = out.size;
            write(out, plan, i, in, fromBefore ? beforeStart[i] : start[i], bytes);
            row.cellEnd[i] = out.size;
        }
        row.partial = true;
        row.complete = complete;
        row.imageEnd = out.size;
    }

    private void writeChanges(DecodePlan plan, byte[] in) {
        JsonBuffer out = row.buffer;
        for (int i = 0; i < plan.columns(); i++) {
            boolean both = length[i] != ABSENT && beforeLength[i] != ABSENT;
            row.changed[i] = both && !same(i, in);
            if (row.changed[i]) {
                out.ascii(',');
                row.oldStart[i] = out.size;
                write(out, plan, i, in, beforeStart[i], beforeLength[i]);
                row.oldEnd[i] = out.size;
            } else {
                row.oldStart[i] = row.written[i] ? DecodedRow.ABSENT : row.cellStart[i];
                row.oldEnd[i] = row.written[i] ? DecodedRow.ABSENT : row.cellEnd[i];
            }
        }
    }

    private boolean same(int i, byte[] in) {
        return length[i] == beforeLength[i]
                && (length[i] == NULL
                        || Arrays.equals(
                                in, beforeStart[i], beforeStart[i] + length[i], in, start[i], start[i] + length[i]));
    }

    private void write(JsonBuffer out, DecodePlan plan, int column, byte[] in, int at, int bytes) {
        if (bytes == NULL) {
            out.nullValue();
            return;
        }
        try {
            cells.write(out, plan, column, in, at, bytes);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "column " + plan.shape().columns().get(column).name() + ": " + e.getMessage(), e);
        }
    }

    /** Finds the cells of an image, whose NULL bits are of its own columns only; returns where it ends. */
    private static int locate(
            DecodePlan plan, ColumnSet image, byte[] in, int at, int limit, int[] starts, int[] lengths) {
        int next = at + (image.size() + 7) / 8;
        if (next > limit) {
            throw new IllegalArgumentException("the row ends early");
        }
        int bit = 0;
        for (int i = 0; i < plan.columns(); i++) {
            if (!image.has(i)) {
                lengths[i] = ABSENT;
                continue;
            }
            boolean isNull = (in[at + (bit >> 3)] >> (bit & 7) & 1) != 0;
            bit++;
            if (isNull) {
                lengths[i] = NULL;
                continue;
            }
            int bytes = plan.length()[i];
            if (bytes < 0) {
                int width = -bytes;
                if (limit - next < width) {
                    throw new IllegalArgumentException("the row ends early");
                }
                bytes = (int) CellWriter.little(in, next, width);
                next += width;
            }
            if (bytes < 0 || limit - next < bytes) {
                throw new IllegalArgumentException("the row ends early");
            }
            starts[i] = next;
            lengths[i] = bytes;
            next += bytes;
        }
        return next;
    }
}
