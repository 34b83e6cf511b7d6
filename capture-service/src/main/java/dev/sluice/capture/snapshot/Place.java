package dev.sluice.capture.snapshot;

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
        int files = Long.compare(number(file), number(otherFile));
        return files > 0 || files == 0 && offset >= otherOffset;
    }

    /** Binlog files are counted; the count grows beyond its six digits. */
    private static long number(String file) {
        String digits = file.substring(file.lastIndexOf('.') + 1);
        return digits.isEmpty() ? -1 : Long.parseLong(digits);
    }

    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
