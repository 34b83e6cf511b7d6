package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.binlog.event.EventStream;
import dev.sluice.binlog.protocol.PacketReader;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Damage in the log of a real server stops the reader with file and offset; nothing is skipped and nothing hangs. */
class DamagedLogIT {
    private static final int HEADER = 19;
    private static final int MAGIC = 4;
    /** No XA transaction is in the log, so nothing is read again. */
    private static final ReaderOptions NOWHERE =
            TestSource.options(new SourceAddress("localhost", 1, "nobody", "", TlsOptions.disabled()));

    private static MySqlServer server;
    private static Path file;
    private static byte[] log;
    private static String schema;
    private static int rowsEvent;

    @BeforeAll
    static void writeLog() throws Exception {
        server =
                MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults().with("--master-verify-checksum=OFF"));
        schema = Databases.create(server);
        server.execute(
                "CREATE TABLE " + schema + ".d (id INT PRIMARY KEY, v VARCHAR(20), j JSON, n DECIMAL(20,5), b BLOB,"
                        + " t DATETIME(6), e ENUM('a','b'))",
                "FLUSH BINARY LOGS");
        FilePosition start = TestSource.positions(server).current();
        for (int i = 0; i < 5; i++) {
            server.execute(
                    "INSERT INTO " + schema + ".d VALUES (" + i + ",'value','{\"a\":[1,2.5,\"x\"],\"b\":{\"c\":null}}',"
                            + "-12.5,'blob',NOW(6),'b')",
                    "UPDATE " + schema + ".d SET v='other', e='a' WHERE id=" + i);
        }
        server.execute("FLUSH BINARY LOGS");
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT @@datadir")) {
            rows.next();
            file = Path.of(rows.getString(1), start.file());
        }
        log = Files.readAllBytes(file);
        rowsEvent = find(30);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void aWrongChecksumStops() throws Exception {
        byte[] damaged = log.clone();
        damaged[rowsEvent + HEADER + 12] ^= 1;
        assertStops(damaged, "checksum");
    }

    @Test
    void anUnknownEventStopsUnlessItMayBeIgnored() throws Exception {
        byte[] unknown = log.clone();
        unknown[rowsEvent + 4] = 99;
        checksum(unknown, rowsEvent);
        assertStops(unknown, "type 99");

        byte[] ignorable = unknown.clone();
        ignorable[rowsEvent + 17] |= (byte) 0x80;
        checksum(ignorable, rowsEvent);
        assertThat(read(ignorable).rows).hasSize(9);
    }

    @Test
    void anIncidentStops() throws Exception {
        byte[] incident = log.clone();
        incident[rowsEvent + 4] = 26;
        checksum(incident, rowsEvent);
        assertStops(incident, "incident");
    }

    @Test
    void theUndamagedLogIsReadFromTheServerAndFromItsBytesAlike() throws Exception {
        assertThat(read(log).rows).hasSize(10);
        assertThat(rowsIn(log)).isEqualTo(10);
    }

    @Test
    void truncatedStreamsEndWithAnError() {
        for (int length = MAGIC; length < log.length; length += 37) {
            byte[] packets = packets(log);
            byte[] part = java.util.Arrays.copyOf(packets, packets.length * length / log.length);
            assertThatThrownBy(() -> decodePackets(part, new Collected(schema))).isInstanceOf(IOException.class);
        }
    }

    private static void assertStops(byte[] damaged, String reason) {
        assertThatThrownBy(() -> read(damaged))
                .isInstanceOf(BinlogFormatException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(file.getFileName().toString());
    }

    /** Lets the server send these bytes as its log. */
    private static Collected read(byte[] bytes) throws Exception {
        Files.write(file, bytes);
        try (BinlogReader reader = BinlogReader.open(
                TestSource.options(server), new FilePosition(file.getFileName().toString(), MAGIC))) {
            Collected found = new Collected(schema);
            return found.readUntil(reader, () -> found.moves.size() >= 2);
        } finally {
            Files.write(file, log);
        }
    }

    private static int rowsIn(byte[] bytes) throws IOException {
        Collected found = new Collected(schema);
        try {
            decodePackets(packets(bytes), found);
        } catch (EOFException e) {
            return found.rows.size();
        }
        throw new AssertionError("the stream has an end");
    }

    private static void decodePackets(byte[] packets, BinlogHandler handler) throws IOException {
        EventStream stream =
                new EventStream(new PacketReader(new ByteArrayInputStream(packets), 1 << 26), "log.000001", MAGIC);
        EventInterpreter interpreter = new EventInterpreter(stream, new SecondReading(NOWHERE), null);
        while (true) {
            interpreter.interpret(stream.next(), handler);
        }
    }

    /** The packets in which a server would send the events of a file. */
    private static byte[] packets(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int sequence = 0;
        for (int at = MAGIC; at < bytes.length; at += size(bytes, at)) {
            int size = size(bytes, at);
            int length = size + 1;
            out.writeBytes(
                    new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) sequence++, 0});
            out.write(bytes, at, size);
        }
        return out.toByteArray();
    }

    private static int find(int type) {
        for (int at = MAGIC; at < log.length; at += size(log, at)) {
            if (log[at + 4] == type) {
                return at;
            }
        }
        throw new AssertionError("no event of type " + type + " in " + new String(log, StandardCharsets.ISO_8859_1));
    }

    private static int size(byte[] bytes, int event) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(event + 9);
    }

    private static void checksum(byte[] bytes, int event) {
        int size = size(bytes, event);
        CRC32 crc = new CRC32();
        crc.update(bytes, event, size - 4);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(event + size - 4, (int) crc.getValue());
    }
}
