package dev.sluice.binlog.row;

import dev.sluice.binlog.protocol.ByteCursor;
import org.jspecify.annotations.Nullable;

/** The columns that the images of a rows event hold; immutable. */
public final class ColumnSet {
    /** Null if it holds every column, as nearly all do. */
    private final boolean @Nullable [] held;

    private final int size;

    private ColumnSet(boolean @Nullable [] held, int size) {
        this.held = held;
        this.size = size;
    }

    /** Reads the event's bitmap, lowest bit first. */
    public static ColumnSet read(ByteCursor event, int columns) {
        byte[] bytes = event.bytes();
        int at = event.skip((columns + 7) / 8);
        int size = 0;
        for (int i = 0; i < columns; i++) {
            size += bit(bytes, at, i) ? 1 : 0;
        }
        if (size == columns) {
            return new ColumnSet(null, size);
        }
        boolean[] held = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            held[i] = bit(bytes, at, i);
        }
        return new ColumnSet(held, size);
    }

    private static boolean bit(byte[] bytes, int at, int column) {
        return (bytes[at + column / 8] >> column % 8 & 1) != 0;
    }

    /** Whether it holds every column. */
    public boolean complete() {
        return held == null;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    boolean has(int column) {
        return held == null || held[column];
    }

    int size() {
        return size;
    }
}
