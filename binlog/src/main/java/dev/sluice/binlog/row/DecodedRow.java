package dev.sluice.binlog.row;

import java.nio.charset.StandardCharsets;

/**
 * One decoded row: its cells as UTF-8 JSON in one buffer. The object is used again for the next row, so its contents are
 * valid only during the callback.
 *
 * <p>The cells of the current image (after an insert or update, before a delete) are contiguous and separated by single
 * commas: {@code bytes[imageStart() .. imageEnd()]} is the inside of a JSON array. A column that the log does not hold has
 * no cell in it.
 */
public final class DecodedRow {
    /** Start and end of a cell that is not there. */
    static final int ABSENT = -1;

    final JsonBuffer buffer;
    RowOp op = RowOp.INSERT;
    int columns;
    int[] cellStart = new int[16];
    int[] cellEnd = new int[16];
    /** Only of columns that changed. */
    int[] oldStart = new int[16];

    int[] oldEnd = new int[16];
    boolean[] changed = new boolean[16];
    /** Whether the images lacked columns; the rest is kept only then. */
    boolean partial;

    boolean complete = true;
    private int imageStart;
    int imageEnd;
    boolean[] written = new boolean[16];

    DecodedRow() {
        this(new JsonBuffer());
    }

    /** A row that may share its buffer with others. */
    DecodedRow(JsonBuffer buffer) {
        this.buffer = buffer;
    }

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

    /** Where the inside of the JSON array of the current cells starts. */
    public int imageStart() {
        return imageStart;
    }

    public int imageEnd() {
        return partial ? imageEnd : cellEnd[columns - 1];
    }

    /** Whether the log held rows without some of their columns; if not, all columns are present and none written blindly. */
    public boolean partial() {
        return partial;
    }

    /** Whether every column has a current cell. */
    public boolean complete() {
        return complete;
    }

    /** Whether the column has a current cell; if not, an update did not write it, and an insert gave it its default. */
    public boolean present(int column) {
        return complete || cellStart[column] != ABSENT;
    }

    /** Whether an update wrote the column and the log does not hold what was there before. */
    public boolean written(int column) {
        return partial && written[column];
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

    /**
     * Where the value before an update starts; the same slice as the current one if the column did not change, -1 if the
     * log does not hold it.
     */
    public int oldStart(int column) {
        return changed[column] ? oldStart[column] : written(column) ? ABSENT : cellStart[column];
    }

    public int oldEnd(int column) {
        return changed[column] ? oldEnd[column] : written(column) ? ABSENT : cellEnd[column];
    }

    /**
     * Leaves only these columns, in ascending order, as if the table had no others; the cells close up.
     *
     * @return false if it is an update and wrote none of them
     */
    public boolean keep(int[] ordinals) {
        byte[] bytes = buffer.bytes;
        int end = imageStart;
        boolean anyChanged = false;
        boolean all = true;
        for (int i = 0; i < ordinals.length; i++) {
            int from = ordinals[i];
            changed[i] = changed[from];
            written[i] = written[from];
            anyChanged |= changed[i] || partial && written[i];
            oldStart[i] = oldStart[from];
            oldEnd[i] = oldEnd[from];
            if (present(from)) {
                if (end > imageStart) {
                    bytes[end++] = ',';
                }
                int length = cellEnd[from] - cellStart[from];
                System.arraycopy(bytes, cellStart[from], bytes, end, length);
                cellStart[i] = end;
                end += length;
                cellEnd[i] = end;
            } else {
                cellStart[i] = ABSENT;
                cellEnd[i] = ABSENT;
                all = false;
            }
        }
        columns = ordinals.length;
        complete = all;
        imageEnd = end;
        return anyChanged || op != RowOp.UPDATE;
    }

    /** The JSON of the current cell as a new string, empty if there is none; for tests and messages. */
    public String cell(int column) {
        return !present(column) ? "" : text(cellStart[column], cellEnd[column]);
    }

    /** The JSON of the cell before an update as a new string; for tests and messages. */
    public String oldCell(int column) {
        return text(oldStart(column), oldEnd(column));
    }

    private String text(int start, int end) {
        return new String(buffer.bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** Begins another row in place of all that the buffer holds. */
    void begin(RowOp operation, int columnCount) {
        buffer.reset();
        beginBehind(operation, columnCount);
    }

    /** Begins another row behind what the buffer holds. */
    void beginBehind(RowOp operation, int columnCount) {
        imageStart = buffer.size;
        op = operation;
        columns = columnCount;
        partial = false;
        complete = true;
        if (cellStart.length < columnCount) {
            cellStart = new int[columnCount];
            cellEnd = new int[columnCount];
            oldStart = new int[columnCount];
            oldEnd = new int[columnCount];
            changed = new boolean[columnCount];
            written = new boolean[columnCount];
        }
    }
}
