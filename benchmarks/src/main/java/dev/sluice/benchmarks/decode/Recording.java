package dev.sluice.benchmarks.decode;

import dev.sluice.benchmarks.workload.Backlog;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.protocol.PacketReader;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The bytes of a dump as a server sent them: packets, each with one event behind a zero byte.
 *
 * @param events how many there are
 */
record Recording(byte[] packets, int events) {
    private static final int PACKET_HEADER = 4;
    private static final int TYPE = 5;
    private static final int POSITION = 14;
    private static final long REPLICA = 0x51_1c_e0_02L;

    /** Reads a backlog from its server. */
    static Recording of(SourceAddress address, Backlog backlog) throws IOException {
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        int events = 0;
        try (SourceConnection connection = SourceConnection.open(address, Duration.ofSeconds(30))) {
            connection.execute("SET @source_binlog_checksum='CRC32', @master_binlog_checksum='CRC32'");
            connection.dumpFromFile(backlog.from().file(), backlog.from().offset(), 0, REPLICA);
            PacketReader in = connection.packets();
            long position = 0;
            while (position < backlog.to().offset()) {
                in.next();
                int length = in.end() - in.start();
                if (in.bytes()[in.start()] != 0) {
                    throw new IOException("the dump ended early");
                }
                int type = in.bytes()[in.start() + TYPE] & 0xff;
                position = new ByteCursor(in.bytes(), in.start() + POSITION, in.end()).uint32();
                if (position == 0 || type == EventType.ROTATE) {
                    position = 0;
                    if (type != EventType.FORMAT_DESCRIPTION) {
                        continue;
                    }
                }
                packets.write(length);
                packets.write(length >> 8);
                packets.write(length >> 16);
                packets.write(events++);
                packets.write(in.bytes(), in.start(), length);
            }
        }
        return new Recording(packets.toByteArray(), events);
    }

    void save(Path file) throws IOException {
        Files.write(file, packets);
    }

    static Recording load(Path file) throws IOException {
        byte[] packets = Files.readAllBytes(file);
        int events = 0;
        for (int at = 0; at < packets.length; at += PACKET_HEADER + length(packets, at)) {
            events++;
        }
        return new Recording(packets, events);
    }

    /** The events alone, one after the other as in a binlog file. */
    byte[] eventsOnly() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(packets.length);
        for (int at = 0; at < packets.length; at += PACKET_HEADER + length(packets, at)) {
            out.write(packets, at + PACKET_HEADER + 1, length(packets, at) - 1);
        }
        return out.toByteArray();
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
    }
}
