package dev.sluice.binlog.row;

import java.nio.charset.StandardCharsets;

/**
 * One decoded row: its cells as UTF-8 JSON in one buffer. The object is used again for the next row, so its contents are
 * valid only during the callback.
 *
 * <p>The cells of the current image (after an insert or update, before a delete) are contiguous and separated by single
 * commas: {@code bytes[cellStart(0) .. cellEnd(n - 1)]} is the inside of a JSON array.
 */
public final class DecodedRow {
    final JsonBuffer buffer = new JsonBuffer();
    RowOp op = RowOp.INSERT;
    int columns;
    int[] cellStart = new int[16];
    int[] cellEnd = new int[16];
    int[] oldStart = new int[16];
    int[] oldEnd = new int[16];
    boolean[] changed = new boolean[16];

    DecodedRow() {}

    public RowOp op() {
        return op;
    }

    public int columnCount() {
        return columns;
    }

    /** The buffer the slices refer to; it may be another one for the next row. */
    public byte[] bytes() {
        return buffer.bytes;
    }

    public int cellStart(int column) {
        return cellStart[column];
    }

    public int cellEnd(int column) {
        return cellEnd[column];
    }

    /** For an update, whether the stored bytes of the column differ before and after; false for other operations. */
    public boolean changed(int column) {
        return changed[column];
    }

    /** Where the value before an update starts; the same slice as the current one if the column did not change. */
    public int oldStart(int column) {
        return oldStart[column];
    }

    public int oldEnd(int column) {
        return oldEnd[column];
    }

    /**
     * Leaves only these columns, in ascending order, as if the table had no others; the cells close up.
     *
     * @return false if it is an update and changed none of them
     */
    public boolean keep(int[] ordinals) {
        byte[] bytes = buffer.bytes;
        int end = 0;
        boolean anyChanged = false;
        for (int i = 0; i < ordinals.length; i++) {
            int from = ordinals[i];
            boolean sameSlice = oldStart[from] == cellStart[from];
            if (i > 0) {
                bytes[end++] = ',';
            }
            int length = cellEnd[from] - cellStart[from];
            System.arraycopy(bytes, cellStart[from], bytes, end, length);
            cellStart[i] = end;
            end += length;
            cellEnd[i] = end;
            oldStart[i] = sameSlice ? cellStart[i] : oldStart[from];
            oldEnd[i] = sameSlice ? end : oldEnd[from];
            changed[i] = changed[from];
            anyChanged |= changed[i];
        }
        columns = ordinals.length;
        return anyChanged || op != RowOp.UPDATE;
    }

    /** The JSON of the current cell as a new string; for tests and messages, not for the row loop. */
    public String cell(int column) {
        return text(cellStart[column], cellEnd[column]);
    }

    /** The JSON of the cell before an update as a new string; for tests and messages. */
    public String oldCell(int column) {
        return text(oldStart[column], oldEnd[column]);
    }

    private String text(int start, int end) {
        return new String(buffer.bytes, start, end - start, StandardCharsets.UTF_8);
    }

    void begin(RowOp operation, int columnCount) {
        op = operation;
        columns = columnCount;
        buffer.reset();
        if (cellStart.length < columnCount) {
            cellStart = new int[columnCount];
            cellEnd = new int[columnCount];
            oldStart = new int[columnCount];
            oldEnd = new int[columnCount];
            changed = new boolean[columnCount];
        }
    }
}
