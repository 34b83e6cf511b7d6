package dev.sluice.change.message;

import java.util.Arrays;

/**
 * A view of a row line: routing facts at fixed places, cells as slices of the message's bytes. Nothing is decoded.
 *
 * <p>{@code {"op":"u","t":7,"pk":"<16 hex>","was":"<16 hex>","uk":[…],"ukwas":[…],"chg":[1,4],"old":[…],"row":[…]}}: see
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

    private int cells;
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int changes;
    private int[] changed = new int[32];
    private int[] oldStarts = new int[32];
    private int[] oldEnds = new int[32];

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
                    cells = 0;
                    for (i++; body[i] != ']'; ) {
                        if (cells == starts.length) {
                            starts = Arrays.copyOf(starts, cells * 2);
                            ends = Arrays.copyOf(ends, cells * 2);
                        }
                        starts[cells] = i;
                        i = cellEnd(i);
                        ends[cells++] = i;
                        i += body[i] == ',' ? 1 : 0;
                    }
                    return this;
                }
                case 'c' -> i = changedOrdinals(i);
                case 'o' -> i = oldCells(i);
                case 'u' -> i = uniqueKeys(i, nameLength > 2);
                default -> i = skipArray(i);
            }
        }
    }

    private int changedOrdinals(int start) {
        int i = start + 1;
        while (body[i] != ']') {
            int ordinal = 0;
            while (body[i] >= '0') {
                ordinal = ordinal * 10 + body[i++] - '0';
                if (body[i] == ']') {
                    break;
                }
            }
            if (changes == changed.length) {
                changed = Arrays.copyOf(changed, changes * 2);
                oldStarts = Arrays.copyOf(oldStarts, changes * 2);
                oldEnds = Arrays.copyOf(oldEnds, changes * 2);
            }
            changed[changes++] = ordinal;
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

    /** Number of columns. */
    public int size() {
        return cells;
    }

    /** First byte of a column's cell: the after image, the before image for a delete. */
    public int cellStart(int ordinal) {
        return starts[ordinal];
    }

    public int cellEndOf(int ordinal) {
        return ends[ordinal];
    }

    /** Number of columns an update changed. */
    public int changes() {
        return changes;
    }

    /** Ordinal of the n-th changed column. */
    public int changedOrdinal(int n) {
        return changed[n];
    }

    /** First byte of the n-th changed column's cell before the update. */
    public int oldStart(int n) {
        return oldStarts[n];
    }

    public int oldEnd(int n) {
        return oldEnds[n];
    }
}
