package dev.sluice.binlog;

/**
 * A place in the log by what has been read already: a GTID set of MySQL ({@link GtidSet}) or the last GTID of each domain
 * of MariaDB ({@link MariaDbGtidList}), as text. An empty text stands for the beginning.
 */
public record GtidPosition(String gtidSet) implements BinlogPosition {
    @Override
    public String toString() {
        return "GTID " + gtidSet;
    }
}
