package dev.sluice.binlog;

/** A place in the log by file name and offset; the offset is that of a transaction's first event. */
public record FilePosition(String file, long offset) implements BinlogPosition {
    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
