package dev.sluice.binlog.event;

import dev.sluice.binlog.protocol.ByteCursor;

/**
 * One event: its header, where it stands in the log, and the slice of a buffer that holds its body without checksum. One
 * object is used again for each event.
 */
public final class Event {
    static final int HEADER = 19;
    private static final int IGNORABLE = 0x80;
    private static final int ARTIFICIAL = 0x20;

    int type;
    long timestamp;
    long serverId;
    int flags;
    long logPosition;
    byte[] bytes = new byte[0];
    int bodyStart;
    int bodyEnd;
    long start;
    long end;

    public int type() {
        return type;
    }

    /** Seconds since 1970. */
    public long timestamp() {
        return timestamp;
    }

    public long serverId() {
        return serverId;
    }

    /** Whether a reader that does not know the type may pass over it. */
    public boolean ignorable() {
        return (flags & IGNORABLE) != 0;
    }

    /** Whether the server made the event up for this connection, so that it is in no file. */
    public boolean artificial() {
        return (flags & ARTIFICIAL) != 0 || logPosition == 0 && describesFile();
    }

    /** Those have no position if they are repeated in front of another place; MariaDB 11 leaves it out of many others. */
    private boolean describesFile() {
        return switch (type) {
            case EventType.ROTATE,
                    EventType.FORMAT_DESCRIPTION,
                    EventType.PREVIOUS_GTIDS,
                    EventType.HEARTBEAT,
                    EventType.MARIADB_GTID_LIST,
                    EventType.MARIADB_BINLOG_CHECKPOINT,
                    EventType.MARIADB_START_ENCRYPTION -> true;
            default -> false;
        };
    }

    /** Offset of the event in its file; for an event within a compressed transaction that of the whole. */
    public long start() {
        return start;
    }

    public long end() {
        return end;
    }

    public ByteCursor body() {
        return new ByteCursor(bytes, bodyStart, bodyEnd);
    }

    /** Reads the header at a position; the body reaches to the given end. */
    void readHeader(byte[] source, int at, int to) {
        ByteCursor header = new ByteCursor(source, at, to);
        timestamp = header.uint32();
        type = header.uint8();
        serverId = header.uint32();
        long size = header.uint32();
        logPosition = header.uint32();
        flags = header.uint16();
        if (size != to - at) {
            throw new IllegalArgumentException("the event has " + (to - at) + " bytes but says " + size);
        }
        bytes = source;
        bodyStart = at + HEADER;
        bodyEnd = to;
    }
}
