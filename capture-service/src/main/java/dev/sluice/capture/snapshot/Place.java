package dev.sluice.capture.snapshot;

import dev.sluice.binlog.FilePosition;
import org.jspecify.annotations.Nullable;

/**
 * How far the binlog has been read: behind a transaction.
 *
 * @param file empty if nothing was read yet
 * @param gtid of the last transaction read; null if none was, or if it has none
 */
record Place(String file, long offset, @Nullable String gtid) {
    /** Whether everything up to a position is behind this place. */
    boolean reaches(String otherFile, long otherOffset) {
        return new FilePosition(file, offset).compareTo(new FilePosition(otherFile, otherOffset)) >= 0;
    }

    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
