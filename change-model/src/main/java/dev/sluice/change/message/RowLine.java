package dev.sluice.change.message;

import java.util.Arrays;

/**
 * A view of a row line: routing facts at fixed places, cells as slices of the message's bytes. Nothing is decoded. A
 * column that the source's log does not hold has no cell: see {@link #complete()} and {@link #present(int)}.
 *
 * <p>{@code {"op":"u","t":7,"pk":"<16 hex>","was":"<16 hex>","uk":[…],"ukwas":[…],"chg":[1,4],"old":[…],"set":[…],"has":[…],"row":[…]}}: see
 * docs/event-format.md. Not thread-safe; reusable.
 */
public final class RowLine {
    private byte[] body = new byte[0];
    private int from;
    private int to;
    private RowOp op = RowOp.INSERT;
    private int table;
    private boolean keyed;
    private long key;
    private boolean keyChanged;
    private long oldKey;
    private int afterKeys;
    private int uniqueStart;
    private int uniqueEnd;
    private int oldUniqueStart;
    private int oldUniqueEnd;

    /** Cells of the line; the cell of a column is at {@link #cellOf}. */
    private int cells;

    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int changes;
    private int[] changed = new int[32];
    private int[] oldStarts = new int[32];
    private int[] oldEnds = new int[32];
    private int sets;
    private int[] set = new int[4];
    private boolean complete = true;
    private int held;
    private int hasEnd;
    private int setEnd;
    private int changesEnd;
    private int[] has = new int[4];

    /** Reads the routing facts of the line the scanner stands on. */
    public RowLine head(LineScanner scanner) {
        return head(scanner.body(), scanner.from(), scanner.to());
    }

    /** Reads the routing facts of the row line at {@code [from, to)}. */
    public RowLine head(byte[] line, int lineFrom, int lineTo) {
        body = line;
        from = lineFrom;
        to = lineTo;
        op = RowOp.of(body[from + 7]);
        int i = from + 14; // behind {"op":"x","t":
        table = 0;
        while (body[i] != ',') {
            table = table * 10 + body[i++] - '0';
        }
        i += 6; // behind ,"pk":
        keyed = body[i] == '"';
        key = keyed ? hex(i + 1) : 0;
        i += keyed ? 18 : 4;
        keyChanged = i + 25 < to && body[i + 2] == 'w';
        oldKey = keyChanged ? hex(i + 8) : 0;
        afterKeys = keyChanged ? i + 25 : i;
        return this;
    }

    /** Finds the cells; {@link #head} must have been called. */
    public RowLine cells() {
        int i = afterKeys;
        changes = 0;
        sets = 0;
        complete = true;
        hasEnd = 0;
        setEnd = 0;
        changesEnd = 0;
        uniqueStart = uniqueEnd = oldUniqueStart = oldUniqueEnd = 0;
        while (true) {
            if (body[i] != ',' || body[i + 1] != '"') {
                throw new MalformedMessage("row line without cells at byte " + from);
            }
            int name = i + 2;
            i = name;
            while (body[i] != '"') {
                i++;
            }
            int nameLength = i - name;
            i += 2; // behind ":
            switch (body[name]) {
                case 'r' -> {
                    changesEnd = changesEnd == 0 ? name - 2 : changesEnd;
                    row(i + 1);
                    return this;
                }
                case 'c' -> i = changedOrdinals(i);
                case 'o' -> i = oldCells(i);
                case 's' -> {
                    changesEnd = name - 2;
                    sets = count(i);
                    set = set.length < sets ? new int[sets] : set;
                    i = ordinals(i, set);
                    setEnd = i;
                }
                case 'h' -> {
                    changesEnd = changesEnd == 0 ? name - 2 : changesEnd;
                    held = count(i);
                    has = has.length < held ? new int[held] : has;
                    i = ordinals(i, has);
                    hasEnd = i;
                    complete = false;
                }
                case 'u' -> i = uniqueKeys(i, nameLength > 2);
                default -> i = skipArray(i);
            }
        }
    }

    private void row(int start) {
        int i = start;
        cells = 0;
        while (body[i] != ']') {
            if (cells == starts.length) {
                starts = Arrays.copyOf(starts, cells * 2);
                ends = Arrays.copyOf(ends, cells * 2);
            }
            starts[cells] = i;
            i = cellEnd(i);
            ends[cells++] = i;
            i += body[i] == ',' ? 1 : 0;
        }
        if (!complete && cells != held) {
            throw new MalformedMessage("row line with " + cells + " cells for " + held + " columns at byte " + from);
        }
    }

    private int changedOrdinals(int start) {
        changes = count(start);
        if (changes > changed.length) {
            changed = new int[changes];
            oldStarts = new int[changes];
            oldEnds = new int[changes];
        }
        return ordinals(start, changed);
    }

    /** How many ordinals an array has. */
    private int count(int start) {
        int count = body[start + 1] == ']' ? 0 : 1;
        for (int i = start + 1; body[i] != ']'; i++) {
            count += body[i] == ',' ? 1 : 0;
        }
        return count;
    }

    /** Reads an array of ordinals and returns where it ends. */
    private int ordinals(int start, int[] into) {
        int i = start + 1;
        for (int n = 0; body[i] != ']'; n++) {
            int ordinal = 0;
            while (body[i] >= '0' && body[i] <= '9') {
                ordinal = ordinal * 10 + body[i++] - '0';
            }
            into[n] = ordinal;
            i += body[i] == ',' ? 1 : 0;
        }
        return i + 1;
    }

    private int oldCells(int start) {
        int i = start + 1;
        for (int n = 0; body[i] != ']'; n++) {
            oldStarts[n] = i;
            i = cellEnd(i);
            oldEnds[n] = i;
            i += body[i] == ',' ? 1 : 0;
        }
        return i + 1;
    }

    private int uniqueKeys(int start, boolean before) {
        int end = skipArray(start);
        if (before) {
            oldUniqueStart = start;
            oldUniqueEnd = end;
        } else {
            uniqueStart = start;
            uniqueEnd = end;
        }
        return end;
    }

    private int skipArray(int start) {
        int i = start + 1;
        while (body[i] != ']') {
            i = cellEnd(i);
            i += body[i] == ',' ? 1 : 0;
        }
        return i + 1;
    }

    private int cellEnd(int start) {
        int i = start;
        if (body[i] != '"') {
            while (body[i] != ',' && body[i] != ']') {
                i++;
            }
            return i;
        }
        i++;
        while (body[i] != '"') {
            i += body[i] == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    private long hex(int start) {
        long value = 0;
        for (int i = start; i < start + 16; i++) {
            value = value << 4 | Character.digit(body[i], 16);
        }
        return value;
    }

    public RowOp op() {
        return op;
    }

    /** Number of the table line this row belongs to. */
    public int table() {
        return table;
    }

    /** Whether the table has a primary key. */
    public boolean keyed() {
        return keyed;
    }

    /** Hash of the primary key; after the change, before it for a delete. */
    public long key() {
        return key;
    }

    /** Whether an update changed a primary-key column, even if the hash stayed the same. */
    public boolean keyChanged() {
        return keyChanged;
    }

    /** Hash of the primary key before an update that changed it. */
    public long oldKey() {
        return oldKey;
    }

    /** First byte of the JSON array of the further unique keys' hashes; as {@link #uniqueEnd()} if the row has none. */
    public int uniqueStart() {
        return uniqueStart;
    }

    public int uniqueEnd() {
        return uniqueEnd;
    }

    /** First byte of that array before an update that changed one; as {@link #oldUniqueEnd()} if none changed. */
    public int oldUniqueStart() {
        return oldUniqueStart;
    }

    public int oldUniqueEnd() {
        return oldUniqueEnd;
    }

    public byte[] body() {
        return body;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** Number of cells, that is of the columns that are present. */
    public int size() {
        return cells;
    }

    /** Whether the line has a cell for every column of its table. */
    public boolean complete() {
        return complete;
    }

    /** Where the array of the columns that are present ends; 0 if the line is complete and has none. */
    public int presentEnd() {
        return hasEnd;
    }

    /** Where the array of {@link #written()} columns ends; 0 if the line has none. */
    public int writtenEnd() {
        return setEnd;
    }

    /** Where the line goes on behind what it tells of the row before: with what is written, what is present, and the row. */
    public int changesEnd() {
        return changesEnd;
    }

    /**
     * Whether the line has a cell for the column. If not, the source's log does not hold what is in it: an update did not
     * write it, an insert gave it its default, a delete does not tell.
     */
    public boolean present(int ordinal) {
        return cellOf(ordinal) >= 0;
    }

    /** Ordinal of the column that the n-th cell belongs to; they ascend. */
    public int ordinal(int cell) {
        return complete ? cell : has[cell];
    }

    /** First byte of a present column's cell: the after image, the before image for a delete. */
    public int cellStart(int ordinal) {
        return starts[cellOf(ordinal)];
    }

    public int cellEndOf(int ordinal) {
        return ends[cellOf(ordinal)];
    }

    /** First byte of all cells, the inside of a JSON array; as {@link #cellsEnd()} if there are none. */
    public int cellsStart() {
        return cells == 0 ? to : starts[0];
    }

    public int cellsEnd() {
        return cells == 0 ? to : ends[cells - 1];
    }

    private int cellOf(int ordinal) {
        return complete ? (ordinal < cells ? ordinal : -1) : Arrays.binarySearch(has, 0, held, ordinal);
    }

    /** Number of columns of which an update changed what was there before, as the line tells. */
    public int changes() {
        return changes;
    }

    /** Ordinal of the n-th changed column. */
    public int changedOrdinal(int n) {
        return changed[n];
    }

    /**
     * Number of columns that an update wrote without the line telling what was there before; such a column may hold the
     * same as before.
     */
    public int written() {
        return sets;
    }

    /** Ordinal of the n-th such column. */
    public int writtenOrdinal(int n) {
        return set[n];
    }

    /** Whether an update wrote the column, told what was there before or not. */
    public boolean writes(int ordinal) {
        for (int i = 0; i < changes; i++) {
            if (changed[i] == ordinal) {
                return true;
            }
        }
        for (int i = 0; i < sets; i++) {
            if (set[i] == ordinal) {
                return true;
            }
        }
        return false;
    }

    /** First byte of the n-th changed column's cell before the update. */
    public int oldStart(int n) {
        return oldStarts[n];
    }

    public int oldEnd(int n) {
        return oldEnds[n];
    }
}
