package dev.sluice.binlog.protocol;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One authenticated connection to a MySQL or MariaDB server, for text queries and then for a binlog dump.
 *
 * <p>Not safe for concurrent use, except that {@link #close()} may come from any thread and makes a blocked read fail.
 */
public final class SourceConnection implements AutoCloseable {
    private static final int MAX_PACKET = (1 << 30) + (1 << 20);
    private static final int UTF8MB4_GENERAL_CI = 45;
    private static final int COM_QUERY = 3;
    private static final int COM_BINLOG_DUMP = 0x12;
    private static final int COM_BINLOG_DUMP_GTID = 0x1e;

    private final SourceAddress address;
    private final Socket socket;
    private final PacketReader packets;
    private Socket secured;
    private OutputStream out;
    private @Nullable ServerVersion version;

    private SourceConnection(SourceAddress address, Socket socket) throws IOException {
        this.address = address;
        this.socket = socket;
        this.secured = socket;
        this.out = socket.getOutputStream();
        this.packets = new PacketReader(socket.getInputStream(), MAX_PACKET);
    }

    /** Connects and logs in; the time-out holds for connecting and for each answer. */
    public static SourceConnection open(SourceAddress address, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(address.host(), address.port()), millis(timeout));
            socket.setSoTimeout(millis(timeout));
            SourceConnection connection = new SourceConnection(address, socket);
            connection.logIn();
            return connection;
        } catch (ServerError e) {
            close(socket);
            throw e;
        } catch (IOException e) {
            close(socket);
            throw new IOException("no connection to " + address + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close(socket);
            throw new IOException("no connection to " + address + ": the handshake is not understood: " + e, e);
        }
    }

    public SourceAddress address() {
        return address;
    }

    public ServerVersion version() {
        if (version == null) {
            throw new IllegalStateException("not logged in");
        }
        return version;
    }

    public PacketReader packets() {
        return packets;
    }

    /** Whether the channel is encrypted. */
    public boolean encrypted() {
        return secured != socket;
    }

    /** How long a read may wait before it fails with a SocketTimeoutException. */
    public void readTimeout(Duration timeout) throws IOException {
        socket.setSoTimeout(millis(timeout));
    }

    /** Whether bytes are waiting: in the slab, in the TLS layer or on the socket. */
    public boolean dataWaiting() throws IOException {
        return packets.buffered()
                || socket.getInputStream().available() > 0
                || encrypted() && secured.getInputStream().available() > 0;
    }

    /** Runs a statement that has no result to read. */
    public void execute(String sql) throws IOException {
        query(sql);
    }

    /** Runs a statement and reads its whole result as text. */
    public ResultRows query(String sql) throws IOException {
        new PacketWriter().unsigned(COM_QUERY, 1).text(sql).send(out, 0);
        ByteCursor first = nextPacket();
        int columnCount = first.bytes()[first.position()] & 0xff;
        if (columnCount == 0) {
            return new ResultRows(List.of(), List.of());
        }
        columnCount = (int) first.lengthEncoded();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < columnCount; i++) {
            ByteCursor definition = nextPacket();
            for (int skipped = 0; skipped < 4; skipped++) {
                definition.skip(definition.lengthEncoded());
            }
            columns.add(definition.text(definition.lengthEncoded()).toLowerCase(Locale.ROOT));
        }
        nextPacket();
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        for (ByteCursor row = nextPacket(); !isEof(row); row = nextPacket()) {
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            for (String column : columns) {
                boolean isNull = (row.bytes()[row.position()] & 0xff) == 0xfb;
                if (isNull) {
                    row.skip(1);
                    values.put(column, null);
                } else {
                    values.put(column, row.text(row.lengthEncoded()));
                }
            }
            rows.add(values);
        }
        return new ResultRows(columns, rows);
    }

    /**
     * Runs a query and hands each row over as it comes, as the values of the text protocol; a row is valid during the call
     * only.
     */
    public void rows(String sql, Consumer<ByteCursor> taker) throws IOException {
        begin(sql);
        for (ByteCursor row = nextRow(); row != null; row = nextRow()) {
            taker.accept(row);
        }
    }

    /** Runs a query whose rows are then fetched by {@link #nextRow()}, all of them before the next statement. */
    public void begin(String sql) throws IOException {
        new PacketWriter().unsigned(COM_QUERY, 1).text(sql).send(out, 0);
        long columns = nextPacket().lengthEncoded();
        for (long i = 0; i <= columns; i++) {
            nextPacket();
        }
    }

    /** The next row of the query that was begun, valid until the one after it is fetched; null behind the last. */
    public @Nullable ByteCursor nextRow() throws IOException {
        ByteCursor row = nextPacket();
        return isEof(row) ? null : row;
    }

    /** Before a dump: tells the server that events may have checksums, and MariaDB that its own kinds are known. */
    public void understandEvents() throws IOException {
        execute("SET @source_binlog_checksum='CRC32', @master_binlog_checksum='CRC32'");
        if (version().mariaDb()) {
            execute("SET @mariadb_slave_capability=4");
        }
    }

    /** Asks for the binary log from a file and offset on; the answers come as packets. */
    public void dumpFromFile(String file, long offset, int flags, long serverId) throws IOException {
        new PacketWriter()
                .unsigned(COM_BINLOG_DUMP, 1)
                .unsigned(offset, 4)
                .unsigned(flags, 2)
                .unsigned(serverId, 4)
                .text(file)
                .send(out, 0);
    }

    /** Asks a MySQL server for everything that is not in the encoded GTID set. */
    public void dumpFromGtids(byte[] encodedSet, int flags, long serverId) throws IOException {
        new PacketWriter()
                .unsigned(COM_BINLOG_DUMP_GTID, 1)
                .unsigned(flags, 2)
                .unsigned(serverId, 4)
                .unsigned(0, 4)
                .unsigned(4, 8)
                .unsigned(encodedSet.length, 4)
                .raw(encodedSet)
                .send(out, 0);
    }

    @Override
    public void close() {
        close(socket);
    }

    private void logIn() throws IOException {
        packets.next();
        Handshake handshake = Handshake.parse(packets.cursor());
        version = ServerVersion.parse(handshake.version());
        long capabilities = Handshake.LONG_PASSWORD
                | Handshake.LONG_FLAG
                | Handshake.PROTOCOL_41
                | Handshake.TRANSACTIONS
                | Handshake.SECURE_CONNECTION
                | Handshake.PLUGIN_AUTH
                | Handshake.PLUGIN_AUTH_LENENC;
        capabilities &= handshake.capabilities() | Handshake.LONG_PASSWORD;
        TlsOptions.Mode mode = address.tls().mode();
        boolean tls = mode != TlsOptions.Mode.DISABLED && handshake.offersTls();
        if (!tls && mode != TlsOptions.Mode.DISABLED && mode != TlsOptions.Mode.PREFERRED) {
            throw new IOException("the server offers no TLS but the TLS mode is " + mode
                    + "; give the server a certificate or choose another mode");
        }
        int sequence = 1;
        if (tls) {
            capabilities |= Handshake.SSL;
            loginHead(capabilities).send(out, sequence++);
            secured = TlsUpgrade.over(socket, address.host(), address.tls());
            out = secured.getOutputStream();
            packets.switchTo(secured.getInputStream());
        }
        Authentication authentication = new Authentication(address, handshake.nonce(), encrypted());
        byte[] proof = authentication.firstAnswer(handshake.plugin());
        PacketWriter login = loginHead(capabilities).zeroTerminated(address.user());
        if (proof.length < 251) {
            login.unsigned(proof.length, 1);
        } else {
            login.unsigned(0xfc, 1).unsigned(proof.length, 2);
        }
        login.raw(proof);
        if ((capabilities & Handshake.PLUGIN_AUTH) != 0) {
            login.zeroTerminated(authentication.plugin());
        }
        login.send(out, sequence);
        authentication.finish(packets, out);
    }

    private static PacketWriter loginHead(long capabilities) {
        return new PacketWriter()
                .unsigned(capabilities, 4)
                .unsigned(MAX_PACKET, 4)
                .unsigned(UTF8MB4_GENERAL_CI, 1)
                .raw(new byte[23]);
    }

    private ByteCursor nextPacket() throws IOException {
        packets.next();
        ByteCursor packet = packets.cursor();
        if (packet.remaining() == 0) {
            throw new IOException("the server sent an empty packet");
        }
        if ((packet.bytes()[packet.position()] & 0xff) == 0xff) {
            throw ServerError.parse(packet);
        }
        return packet;
    }

    private static boolean isEof(ByteCursor packet) {
        return packet.remaining() < 9 && (packet.bytes()[packet.position()] & 0xff) == 0xfe;
    }

    private static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // the connection is given up anyway
        }
    }
}
