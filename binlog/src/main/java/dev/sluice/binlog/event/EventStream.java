package dev.sluice.binlog.event;

import dev.sluice.binlog.BinlogFormatException;
import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.protocol.PacketReader;
import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.binlog.protocol.ServerVersion;
import java.io.IOException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Turns the packets of a dump into events: verifies the checksum of each, keeps file and 64-bit offset, and opens
 * compressed transactions, whose events it hands out as if they stood in the log themselves.
 *
 * <p>Source: MySQL source documentation, "Replication Protocol" and "Binlog Event". Not safe for concurrent use.
 */
public final class EventStream {
    private static final int CRC32_BYTES = 4;
    private static final int IN_USE_FLAG = 1;
    private static final int FLAGS_OFFSET = 17;
    private static final long LOW_32_BITS = 0xffff_ffffL;

    private final PacketReader packets;
    private final CRC32 crc = new CRC32();
    private final Event event = new Event();
    private boolean checksums = true;
    private String file;
    private long offset;
    private @Nullable ServerVersion writer;
    private @Nullable TransactionPayload payload;
    private long payloadStart;
    private long payloadEnd;

    /** The server has been told that this reader knows CRC32, so events carry it until a format description denies it. */
    public EventStream(PacketReader packets, String file, long offset) {
        this.packets = packets;
        this.file = file;
        this.offset = offset;
    }

    /** What the events come in. */
    public PacketReader packets() {
        return packets;
    }

    public String file() {
        return file;
    }

    /** Where the last event ended. */
    public long offset() {
        return offset;
    }

    /** The version of the server that has written the file, null before its format description. */
    public @Nullable ServerVersion writer() {
        return writer;
    }

    /** Whether events of a compressed transaction are left, for which no byte need come from the server. */
    public boolean insidePayload() {
        return payload != null;
    }

    /**
     * Reads the next event into the object that is returned each time.
     *
     * @throws ServerError if the server ends the dump with an error
     */
    public Event next() throws IOException {
        TransactionPayload open = payload;
        if (open != null) {
            try {
                if (open.next(event)) {
                    event.start = payloadStart;
                    event.end = payloadEnd;
                    return event;
                }
            } catch (RuntimeException | IOException e) {
                throw new BinlogFormatException(
                        "the compressed transaction at " + file + ":" + payloadStart + " cannot be read: "
                                + e.getMessage(),
                        e);
            }
            open.close();
            payload = null;
        }
        packets.next();
        return take();
    }

    private Event take() throws IOException {
        byte[] bytes = packets.bytes();
        int at = packets.start();
        int end = packets.end();
        int status = at < end ? bytes[at] & 0xff : -1;
        if (status == 0xff) {
            throw ServerError.parse(packets.cursor());
        }
        if (status == 0xfe && end - at < 9) {
            throw new DumpEnded("the server ended the dump at " + file + ":" + offset);
        }
        if (status != 0) {
            throw new BinlogFormatException("a packet that is no event follows " + file + ":" + offset);
        }
        at++;
        try {
            event.readHeader(bytes, at, end);
            if (event.type == EventType.FORMAT_DESCRIPTION) {
                readFormat(at, end);
            } else if (checksums) {
                verify(at, end, bytes[at + FLAGS_OFFSET]);
                event.bodyEnd -= CRC32_BYTES;
            }
            if (event.bodyEnd < event.bodyStart) {
                throw new IllegalArgumentException("the event ends early");
            }
            locate(end - at);
            switch (event.type) {
                case EventType.ROTATE -> {
                    ByteCursor body = event.body();
                    offset = body.int64();
                    file = body.text(body.remaining());
                }
                case EventType.HEARTBEAT_V2 -> readHeartbeat(event.body());
                case EventType.TRANSACTION_PAYLOAD -> {
                    payloadStart = event.start;
                    payloadEnd = event.end;
                    payload = new TransactionPayload(event.body());
                }
                default -> {
                    // the others do not concern the stream
                }
            }
            return event;
        } catch (RuntimeException e) {
            throw new BinlogFormatException(
                    "event of type " + event.type + " after " + file + ":" + offset + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Derives the event's place from the end its header gives in 32 bits, which wrap around in large files. */
    private void locate(int size) {
        if (event.artificial() || event.type == EventType.HEARTBEAT_V2) {
            event.start = offset;
            event.end = offset;
            return;
        }
        if (event.logPosition == 0) {
            event.start = offset;
            offset += size;
            event.end = offset;
            return;
        }
        long end = offset & ~LOW_32_BITS | event.logPosition;
        if (end < offset) {
            end += LOW_32_BITS + 1;
        }
        event.end = end;
        event.start = event.type == EventType.HEARTBEAT ? end : end - size;
        offset = end;
    }

    private void readHeartbeat(ByteCursor body) {
        while (body.remaining() > 0) {
            int field = (int) body.lengthEncoded();
            if (field == 0) {
                return;
            }
            ByteCursor value = body.slice(body.lengthEncoded());
            if (field == 1) {
                file = value.text(value.remaining());
            } else if (field == 2) {
                offset = value.lengthEncoded();
            }
        }
    }

    private void readFormat(int at, int end) throws BinlogFormatException {
        ByteCursor body = event.body();
        int version = body.uint16();
        if (version != 4) {
            throw new BinlogFormatException("binary log format " + version + " is not supported");
        }
        String server = body.slice(50).zeroTerminated();
        writer = ServerVersion.parse(server);
        body.skip(4);
        int header = body.uint8();
        if (header != Event.HEADER) {
            throw new BinlogFormatException("event headers of " + header + " bytes are not supported");
        }
        body.skip(body.remaining() - CRC32_BYTES - 1L);
        int algorithm = body.uint8();
        if (algorithm > 1) {
            throw new BinlogFormatException("checksum algorithm " + algorithm
                    + " is not known; run SET GLOBAL binlog_checksum=CRC32 on the source");
        }
        checksums = algorithm == 1;
        if (checksums) {
            // a log that is still being written has this flag set, outside the checksum
            verify(at, end, (byte) (packets.bytes()[at + FLAGS_OFFSET] & ~IN_USE_FLAG));
        }
        event.bodyEnd -= CRC32_BYTES + 1;
    }

    private void verify(int at, int end, byte flags) throws BinlogFormatException {
        byte[] bytes = packets.bytes();
        if (end - at < Event.HEADER + CRC32_BYTES) {
            throw new IllegalArgumentException("the event ends before its checksum");
        }
        crc.reset();
        byte kept = bytes[at + FLAGS_OFFSET];
        bytes[at + FLAGS_OFFSET] = flags;
        crc.update(bytes, at, end - at - CRC32_BYTES);
        bytes[at + FLAGS_OFFSET] = kept;
        long stored = new ByteCursor(bytes, end - CRC32_BYTES, end).uint32();
        if (stored != crc.getValue()) {
            throw new BinlogFormatException("the checksum of the event of type " + event.type + " after " + file + ":"
                    + offset + " is wrong: the binary log or the connection is damaged");
        }
    }
}
