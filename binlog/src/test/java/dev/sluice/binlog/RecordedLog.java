package dev.sluice.binlog;

import com.github.luben.zstd.Zstd;
import dev.sluice.binlog.event.EventStream;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.protocol.PacketReader;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The events of one file of a real server's log as bytes, to be decoded without the server, damaged or not. */
record RecordedLog(List<byte[]> events) {
    static final int HEADER = 19;
    static final int TYPE = 4;
    private static final int SIZE = 9;
    private static final int CHECKSUM = 4;
    /** Nothing can be read again. */
    private static final ReaderOptions NOWHERE =
            TestSource.options(new SourceAddress("localhost", 1, "nobody", "", TlsOptions.disabled()));

    /** Reads a file that the server has closed. */
    static RecordedLog of(DatabaseServer server, String file) throws IOException {
        List<byte[]> events = new ArrayList<>();
        try (SourceConnection connection = SourceConnection.open(TestSource.address(server), Duration.ofSeconds(60))) {
            connection.understandEvents();
            connection.dumpFromFile(file, 4, 1, 0);
            boolean another = false;
            while (true) {
                connection.packets().next();
                ByteCursor packet = connection.packets().cursor();
                boolean end = packet.remaining() < 9;
                byte[] event = end ? new byte[0] : copy(packet);
                another |= !end && events.size() > 2 && type(event) == EventType.ROTATE;
                if (end || another) {
                    return new RecordedLog(events);
                }
                events.add(event);
            }
        }
    }

    /** Texts of the events from a place on, as the server shows them. */
    static List<String> statements(DatabaseServer server, FilePosition from) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet events =
                        statement.executeQuery("SHOW BINLOG EVENTS IN '" + from.file() + "' FROM " + from.offset())) {
            while (events.next()) {
                found.add(events.getString("Info").replaceFirst("^use `[^`]*`; ", ""));
            }
        }
        return found;
    }

    private static byte[] copy(ByteCursor packet) {
        packet.skip(1);
        return packet.take(packet.remaining());
    }

    static int type(byte[] event) {
        return event[TYPE] & 0xff;
    }

    int bytes() {
        return events.stream().mapToInt(each -> each.length).sum();
    }

    /** The same with the events of compressed transactions uncompressed in them. */
    RecordedLog plain() throws IOException {
        List<byte[]> plain = new ArrayList<>();
        for (byte[] event : events) {
            plain.add(type(event) == EventType.TRANSACTION_PAYLOAD ? uncompressed(event) : event);
        }
        return new RecordedLog(plain);
    }

    private static byte[] uncompressed(byte[] event) {
        ByteCursor body = new ByteCursor(event, HEADER, event.length - CHECKSUM);
        while (body.lengthEncoded() != 0) {
            body.skip(body.lengthEncoded());
        }
        byte[] packed = body.take(body.remaining());
        byte[] data = Zstd.decompress(packed, (int) Zstd.getFrameContentSize(packed));
        ByteBuffer fields = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        fields.put(new byte[] {2, 3, (byte) 0xfc, (byte) 0xff, 0, 1, 9, (byte) 0xfe});
        fields.putLong(data.length).put((byte) 0);
        byte[] result = new byte[HEADER + fields.position() + data.length + CHECKSUM];
        System.arraycopy(event, 0, result, 0, HEADER);
        System.arraycopy(fields.array(), 0, result, HEADER, fields.position());
        System.arraycopy(data, 0, result, HEADER + fields.position(), data.length);
        return sealed(result);
    }

    /** With the size and the checksum that the bytes have. */
    static byte[] sealed(byte[] event) {
        if (event.length >= HEADER + CHECKSUM) {
            ByteBuffer buffer = ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN);
            buffer.putInt(SIZE, event.length);
            CRC32 crc = new CRC32();
            crc.update(event, 0, event.length - CHECKSUM);
            buffer.putInt(event.length - CHECKSUM, (int) crc.getValue());
        }
        return event;
    }

    /** The packets in which a server would send the events. */
    static byte[] packets(List<byte[]> events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int sequence = 0;
        for (byte[] event : events) {
            int length = event.length + 1;
            out.writeBytes(
                    new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) sequence++, 0});
            out.writeBytes(event);
        }
        return out.toByteArray();
    }

    /** Decodes packets up to their end, or throws what is wrong with them. */
    static void decode(byte[] packets, BinlogHandler handler) throws IOException {
        decode(packets, "log.000001", 4, handler);
    }

    /** Decodes packets as if they came from a place in a file. */
    static void decode(byte[] packets, String file, long offset, BinlogHandler handler) throws IOException {
        decode(new ByteArrayInputStream(packets), file, offset, handler, null);
    }

    /** The same as they arrive, with threads that decode ahead; how many rows events were ready when they were reached. */
    static long decode(
            InputStream packets, String file, long offset, BinlogHandler handler, @Nullable Executor decoders)
            throws IOException {
        EventStream stream = new EventStream(new PacketReader(packets, 1 << 26), file, offset);
        EventInterpreter interpreter = new EventInterpreter(stream, new SecondReading(NOWHERE), decoders);
        while (true) {
            try {
                interpreter.interpret(stream.next(), handler);
            } catch (EOFException e) {
                return interpreter.readyEvents();
            }
        }
    }
}
