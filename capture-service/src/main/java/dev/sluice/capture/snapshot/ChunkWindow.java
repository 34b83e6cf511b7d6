package dev.sluice.capture.snapshot;

import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the binlog has changed in a table since a chunk of it is being read. Keys are told apart by the bytes of their
 * cells: the row that a chunk saw has the very bytes that the change before it wrote and the change after it found.
 * Guarded by the gate's lock.
 */
final class ChunkWindow {
    private static final int MOST_KEYS = 200_000;

    private final SourceTable table;
    private final Set<ByteBuffer> changed = new HashSet<>();
    private final Set<ByteBuffer> changedPartly = new HashSet<>();
    private @Nullable TableShape shape;
    private int[] ordinals = {};
    private @Nullable String broken;
    private @Nullable Place lastChange;

    ChunkWindow(SourceTable table) {
        this.table = table;
    }

    /**
     * A row changed, in a transaction that begins at a place.
     *
     * @return whether the chunk leaves the row out, so that the change must bring it whole
     */
    boolean row(TableShape changedTable, DecodedRow row, Place transaction) {
        // after a statement the key's columns may be gone
        if (broken != null || changedTable != shape && !opens(changedTable)) {
            return false;
        }
        lastChange = transaction;
        if (ordinals.length == 0) {
            return false;
        }
        if (changed.size() >= MOST_KEYS) {
            broken = "more than " + MOST_KEYS + " rows of the table changed meanwhile";
        }
        if (broken != null) {
            return false;
        }
        if (row.partial() && !isKnown(row)) {
            broken = "the binlog does not hold the whole key of a row that changed meanwhile; run SET GLOBAL"
                    + " binlog_row_image=FULL on the source";
            return false;
        }
        note(key(row, ordinals, false), row);
        if (row.op() == RowOp.UPDATE) {
            note(key(row, ordinals, true), row);
        }
        return true;
    }

    private void note(ByteBuffer key, DecodedRow row) {
        changed.add(key);
        if (row.partial() && row.op() != RowOp.DELETE) {
            changedPartly.add(key);
        }
    }

    private boolean isKnown(DecodedRow row) {
        for (int ordinal : ordinals) {
            if (!row.present(ordinal) && row.oldStart(ordinal) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean opens(TableShape other) {
        if (!other.schema().equals(table.shape().schema())
                || !other.table().equals(table.shape().table())) {
            return false;
        }
        ordinals = table.keyOrdinalsIn(other);
        shape = other;
        return true;
    }

    /** The chunk cannot be used. */
    void broke(String why) {
        broken = why;
    }

    /** Why the chunk cannot be used; null if it can. */
    @Nullable
    String broken() {
        return broken;
    }

    /** Where the last transaction begins that changed the table; null if none did. */
    @Nullable
    Place lastChange() {
        return lastChange;
    }

    /** Changes up to here do not matter. */
    void forgetChanges() {
        lastChange = null;
    }

    boolean hasChanged(ByteBuffer key) {
        return changed.contains(key);
    }

    /** Whether there is such a row at all; whole rows need no further look. */
    boolean anyChangedPartly() {
        return !changedPartly.isEmpty();
    }

    /** Whether the log holds only some columns of a row that changed: it cannot stand for the copy. */
    boolean hasChangedPartly(ByteBuffer key) {
        return changedPartly.contains(key);
    }

    /** The cells of a row's key; those that an update did not write are as before. */
    static ByteBuffer key(DecodedRow row, int[] ordinals, boolean before) {
        int length = ordinals.length;
        for (int ordinal : ordinals) {
            boolean old = before && row.oldStart(ordinal) >= 0 || !row.present(ordinal);
            length += old ? row.oldEnd(ordinal) - row.oldStart(ordinal) : row.cellEnd(ordinal) - row.cellStart(ordinal);
        }
        ByteBuffer key = ByteBuffer.allocate(length);
        for (int ordinal : ordinals) {
            boolean old = before && row.oldStart(ordinal) >= 0 || !row.present(ordinal);
            int from = old ? row.oldStart(ordinal) : row.cellStart(ordinal);
            int to = old ? row.oldEnd(ordinal) : row.cellEnd(ordinal);
            key.put(row.bytes(), from, to - from).put((byte) ',');
        }
        return key.flip();
    }
}
