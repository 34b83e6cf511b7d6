package dev.sluice.binlog.row;

import dev.sluice.binlog.protocol.ByteCursor;

/** The columns that the images of a rows event hold; immutable. */
public final class ColumnSet {
    private final boolean[] held;
    private final int size;

    private ColumnSet(boolean[] held, int size) {
        this.held = held;
        this.size = size;
    }

    /** Reads the event's bitmap, lowest bit first. */
    public static ColumnSet read(ByteCursor event, int columns) {
        int at = event.skip((columns + 7) / 8);
        boolean[] held = new boolean[columns];
        int size = 0;
        for (int i = 0; i < columns; i++) {
            held[i] = (event.bytes()[at + i / 8] >> i % 8 & 1) != 0;
            size += held[i] ? 1 : 0;
        }
        return new ColumnSet(held, size);
    }

    /** Whether it holds every column. */
    public boolean complete() {
        return size == held.length;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    boolean has(int column) {
        return held[column];
    }

    int size() {
        return size;
    }
}
