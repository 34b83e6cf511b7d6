package dev.sluice.binlog.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes the row images of rows events, one by one into a {@link DecodedRow} that is used again for each row. Not safe
 * for concurrent use.
 */
public final class RowDecoder {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final DecodedRow row = new DecodedRow();
    private final CellWriter cells = new CellWriter();
    /** Where each stored cell of the image before and after starts; its length is -1 for NULL. */
    private int[] beforeStart = new int[16];

    private int[] beforeLength = new int[16];
    private int[] afterStart = new int[16];
    private int[] afterLength = new int[16];
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
     * @throws RuntimeException if the bytes are no such row
     */
    public void decode(TableHandle table, RowOp op, byte[] in, int at, int limit) {
        row.begin(op, table.columns());
        decode(row, table.plan(), in, at, limit);
    }

    /** Decodes into a row that has begun. */
    void decode(DecodedRow row, DecodePlan plan, byte[] in, int at, int limit) {
        RowOp op = row.op;
        int columns = plan.columns();
        if (beforeStart.length < columns) {
            beforeStart = new int[columns];
            beforeLength = new int[columns];
            afterStart = new int[columns];
            afterLength = new int[columns];
        }
        int next = locate(plan, in, at, limit, afterStart, afterLength);
        if (op == RowOp.UPDATE) {
            int[] swapped = beforeStart;
            beforeStart = afterStart;
            afterStart = swapped;
            swapped = beforeLength;
            beforeLength = afterLength;
            afterLength = swapped;
            next = locate(plan, in, next, limit, afterStart, afterLength);
        }
        JsonBuffer out = row.buffer;
        int[] starts = row.cellStart;
        int[] ends = row.cellEnd;
        int put = out.size;
        for (int i = 0; i < columns; i++) {
            if (i > 0) {
                out.bytes[put++] = ',';
            }
            starts[i] = put;
            put = write(out, put, plan, i, in, afterStart[i], afterLength[i]);
            ends[i] = put;
        }
        out.size = put;
        if (op == RowOp.UPDATE) {
            writeChanges(row, plan, in);
        } else {
            Arrays.fill(row.changed, 0, columns, false);
        }
        position = next;
    }

    private void writeChanges(DecodedRow row, DecodePlan plan, byte[] in) {
        JsonBuffer out = row.buffer;
        int put = out.size;
        for (int i = 0; i < plan.columns(); i++) {
            int length = beforeLength[i];
            boolean same = length == afterLength[i] && (length < 0 || same(in, beforeStart[i], afterStart[i], length));
            row.changed[i] = !same;
            if (!same) {
                out.bytes[put++] = ',';
                row.oldStart[i] = put;
                put = write(out, put, plan, i, in, beforeStart[i], length);
                row.oldEnd[i] = put;
            }
        }
        out.size = put;
    }

    /** Whether two cells of one length hold the same; by words, of which the last one overlaps the one before it. */
    private static boolean same(byte[] in, int one, int other, int length) {
        if (length < 8) {
            return length == 0 || in.length - other < 8 || in.length - one < 8
                    ? Arrays.equals(in, one, one + length, in, other, other + length)
                    : ((long) LONG.get(in, one) ^ (long) LONG.get(in, other)) << 64 - 8 * length == 0;
        }
        int last = length - 8;
        for (int i = 0; i < last; i += 8) {
            if ((long) LONG.get(in, one + i) != (long) LONG.get(in, other + i)) {
                return false;
            }
        }
        return (long) LONG.get(in, one + last) == (long) LONG.get(in, other + last);
    }

    private int write(JsonBuffer out, int put, DecodePlan plan, int column, byte[] in, int at, int length) {
        if (length < 0) {
            return out.nullValue(put);
        }
        try {
            return cells.write(out, put, plan, column, in, at, length);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "column " + plan.shape().columns().get(column).name() + ": " + e.getMessage(), e);
        }
    }

    /** Finds the cells of an image whose columns are all present, without decoding them; returns where it ends. */
    private static int locate(DecodePlan plan, byte[] in, int at, int limit, int[] starts, int[] lengths) {
        int[] fixed = plan.length();
        int columns = fixed.length;
        int nulls = at;
        int next = at + (columns + 7) / 8;
        if (next > limit) {
            throw new IllegalArgumentException("the row ends early");
        }
        for (int i = 0; i < columns; i++) {
            if ((in[nulls + (i >> 3)] >> (i & 7) & 1) != 0) {
                lengths[i] = -1;
                continue;
            }
            int length = fixed[i];
            if (length < 0) {
                int width = -length;
                if (limit - next < width) {
                    throw new IllegalArgumentException("the row ends early");
                }
                length = (int) CellWriter.little(in, next, width);
                next += width;
            }
            if (length < 0 || limit - next < length) {
                throw new IllegalArgumentException("the row ends early");
            }
            starts[i] = next;
            lengths[i] = length;
            next += length;
        }
        return next;
    }
}
