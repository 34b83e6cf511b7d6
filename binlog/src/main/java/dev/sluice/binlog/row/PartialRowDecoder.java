package dev.sluice.binlog.row;

import dev.sluice.binlog.protocol.ByteCursor;
import java.util.Arrays;

/**
 * Decodes row images that lack columns, as binlog_row_image MINIMAL and NOBLOB write them, or hold changes of JSON
 * documents, as binlog_row_value_options PARTIAL_JSON does. What a column holds after an update is taken from the image
 * before it where only that one has the column, for then it was not written. Not safe for concurrent use.
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
    /** Of the columns that hold changes of the document before. */
    private boolean[] changes = new boolean[16];

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
     * @param partialJson whether it is of a PARTIAL_UPDATE_ROWS event
     * @param before columns of the image before an update; ignored for other operations
     * @param image columns of the image after an insert or update, or before a delete
     * @throws RuntimeException if the bytes are no such row
     */
    public void decode(
            TableHandle table,
            RowOp op,
            boolean partialJson,
            ColumnSet before,
            ColumnSet image,
            byte[] in,
            int at,
            int limit) {
        DecodePlan plan = table.plan();
        int columns = plan.columns();
        if (start.length < columns) {
            beforeStart = new int[columns];
            beforeLength = new int[columns];
            start = new int[columns];
            length = new int[columns];
            changes = new boolean[columns];
        }
        Arrays.fill(changes, 0, columns, false);
        row.begin(op, columns);
        Arrays.fill(row.written, 0, columns, false);
        int next = at;
        if (op == RowOp.UPDATE) {
            next = locate(plan, before, in, next, limit, beforeStart, beforeLength);
        } else {
            Arrays.fill(beforeLength, 0, columns, ABSENT);
        }
        if (partialJson) {
            next = locateChanges(plan, in, next, limit);
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
        int put = out.size;
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
                put = out.ascii(put, ',');
            }
            first = false;
            row.cellStart[i] = put;
            put = changes[i] && !fromBefore && bytes != NULL
                    ? writeChanged(out, put, plan, i, in)
                    : write(out, put, plan, i, in, fromBefore ? beforeStart[i] : start[i], bytes);
            row.cellEnd[i] = put;
        }
        out.size = put;
        row.partial = true;
        row.complete = complete;
        row.imageEnd = put;
    }

    private void writeChanges(DecodePlan plan, byte[] in) {
        JsonBuffer out = row.buffer;
        int put = out.size;
        for (int i = 0; i < plan.columns(); i++) {
            boolean both = length[i] != ABSENT && beforeLength[i] != ABSENT;
            row.changed[i] = both && !same(i, in);
            if (row.changed[i]) {
                put = out.ascii(put, ',');
                row.oldStart[i] = put;
                put = write(out, put, plan, i, in, beforeStart[i], beforeLength[i]);
                row.oldEnd[i] = put;
            }
        }
        out.size = put;
    }

    private boolean same(int i, byte[] in) {
        if (changes[i] && length[i] != NULL) {
            return length[i] == 0;
        }
        return length[i] == beforeLength[i]
                && (length[i] == NULL
                        || Arrays.equals(
                                in, beforeStart[i], beforeStart[i] + length[i], in, start[i], start[i] + length[i]));
    }

    private int write(JsonBuffer out, int put, DecodePlan plan, int column, byte[] in, int at, int bytes) {
        if (bytes == NULL) {
            return out.nullValue(put);
        }
        try {
            return cells.write(out, put, plan, column, in, at, bytes);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "column " + plan.shape().columns().get(column).name() + ": " + e.getMessage(), e);
        }
    }

    private int writeChanged(JsonBuffer out, int put, DecodePlan plan, int column, byte[] in) {
        String name = plan.shape().columns().get(column).name();
        if (beforeLength[column] < 0) {
            throw new IllegalArgumentException(
                    "column " + name + " of " + plan.shape() + " has changes of a JSON document"
                            + " that the row before does not hold; run SET GLOBAL binlog_row_image=FULL or"
                            + " binlog_row_value_options='' on the source, and let clients reconnect");
        }
        try {
            return cells.writeChanged(
                    out,
                    put,
                    in,
                    beforeStart[column],
                    beforeStart[column] + beforeLength[column],
                    start[column],
                    start[column] + length[column]);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("column " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads what stands in front of the image after an update of JSON documents: options, and a bit for each JSON column
     * of the table. Source: MySQL sources, unpack_row.
     */
    private int locateChanges(DecodePlan plan, byte[] in, int at, int limit) {
        ByteCursor head = new ByteCursor(in, at, limit);
        long options = head.lengthEncoded();
        if ((options & ~1) != 0) {
            throw new IllegalArgumentException("a partial update with the unknown options " + options);
        }
        if (options == 0) {
            return head.position();
        }
        int json = 0;
        for (int code : plan.code()) {
            json += code == CellCode.JSON ? 1 : 0;
        }
        int bits = head.skip((json + 7) / 8);
        int bit = 0;
        for (int i = 0; i < plan.columns(); i++) {
            if (plan.code()[i] == CellCode.JSON) {
                changes[i] = (in[bits + (bit >> 3)] >> (bit & 7) & 1) != 0;
                bit++;
            }
        }
        return head.position();
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
