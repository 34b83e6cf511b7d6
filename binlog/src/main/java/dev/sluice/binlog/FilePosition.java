package dev.sluice.binlog;

import java.util.Comparator;

/**
 * A place in the log by file name and offset; the offset is that of a transaction's first event. Ordered as the log is:
 * files are counted, and the count grows beyond its six digits.
 */
public record FilePosition(String file, long offset) implements BinlogPosition, Comparable<FilePosition> {
    private static final Comparator<FilePosition> ORDER =
            Comparator.comparingLong(FilePosition::number).thenComparingLong(FilePosition::offset);

    @Override
    public int compareTo(FilePosition other) {
        return ORDER.compare(this, other);
    }

    /** The count in the file's name; -1 if it has none. */
    private long number() {
        String digits = file.substring(file.lastIndexOf('.') + 1);
        return digits.isEmpty() ? -1 : Long.parseLong(digits);
    }

    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
