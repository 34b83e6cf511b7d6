package dev.sluice.binlog;

import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.event.EventStream;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the binary log of one source from a position on and hands rows, statements and transaction bounds to a handler.
 *
 * <p>Nothing is skipped: what cannot be read faithfully, whatever the handler throws, and every loss of the connection
 * ends the reader, and a new one is to be opened at the last good position. Only {@link #close()} may be called from
 * another thread.
 */
public final class BinlogReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BinlogReader.class);
    private static final int HEARTBEAT_V2_FLAG = 2;
    private static final int READING_FAILED = 1236;
    private static final long FIRST_EVENT = 4;
    private static final List<String> PURGED =
            List.of("purged", "could not find first log", "could not find gtid state", "is missing the gtid");

    private static final List<String> UNKNOWN =
            List.of("has more gtids", "which is not in the", "> file size", "errant");

    /** MySQL says it with the number above, MariaDB with one of its own. */
    private static final String ID_TAKEN = "same server_uuid/server_id";

    private final SourceConnection connection;
    private final ReaderOptions options;
    private final BinlogPosition wanted;
    private final EventStream stream;
    private final EventInterpreter interpreter;
    private @Nullable Event pending;
    private long skipBelow;
    private @Nullable Throwable failure;
    private volatile boolean closed;

    private BinlogReader(
            SourceConnection connection,
            ReaderOptions options,
            BinlogPosition wanted,
            String file,
            long offset,
            @Nullable Executor decoders) {
        this.connection = connection;
        this.options = options;
        this.wanted = wanted;
        this.stream = new EventStream(connection.packets(), file, offset);
        this.interpreter = new EventInterpreter(stream, new SecondReading(options), decoders);
    }

    /**
     * Connects, checks the source and starts the dump.
     *
     * @throws SourceNotReady if a setting or privilege of the source stands in the way
     * @throws PositionPurged if the source no longer has the log at the position
     * @throws PositionUnknown if the source has never had it
     */
    public static BinlogReader open(ReaderOptions options, BinlogPosition position) throws IOException {
        return open(options, position, DecodeThreads.OF_THE_PROCESS);
    }

    /** The same with these threads to decode ahead of it. */
    static BinlogReader open(ReaderOptions options, BinlogPosition position, @Nullable Executor decoders)
            throws IOException {
        SourceConnection connection = SourceConnection.open(options.address(), options.timeout());
        try {
            List<Finding> errors = SourceCheck.run(connection).stream()
                    .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                    .toList();
            if (!errors.isEmpty()) {
                throw new SourceNotReady(options.address(), errors);
            }
            announce(connection, options);
            BinlogReader reader = startDump(connection, options, position, decoders);
            LOG.info(
                    "Reading the binary log of {} ({} {}) from {}",
                    options.address(),
                    connection.version().flavour(),
                    connection.version().text(),
                    position);
            return reader;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Blocks for one event and makes the calls that follow from it, none or many.
     *
     * @throws IOException if the connection is lost, also because the source was silent for three heartbeats
     * @throws BinlogFormatException if the event cannot be read faithfully
     * @throws PositionPurged if the source no longer has the log at the position
     */
    public void readNext(BinlogHandler handler) throws IOException {
        if (failure != null) {
            throw new IOException("this reader has failed before; open a new one", failure);
        }
        boolean done = false;
        try {
            Event event = nextEvent();
            if (skipBelow == 0 || !skipped(event)) {
                interpreter.interpret(event, handler);
            }
            done = true;
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** Whether no byte is waiting here or on the socket, so that {@link #readNext} would wait for the source. */
    public boolean idle() throws IOException {
        return pending == null && !stream.insidePayload() && !connection.dataWaiting();
    }

    /** How many rows events were decoded before they were reached. */
    long readyEvents() {
        return interpreter.readyEvents();
    }

    /** The source's version. */
    public ServerVersion version() {
        return connection.version();
    }

    /** Ends the connection; a thread that waits in {@link #readNext} gets an IOException. */
    @Override
    public void close() {
        closed = true;
        connection.close();
    }

    private static void announce(SourceConnection connection, ReaderOptions options) throws IOException {
        long nanos = options.heartbeat().toNanos();
        connection.execute("SET @source_heartbeat_period=" + nanos + ", @master_heartbeat_period=" + nanos);
        connection.understandEvents();
        if (!connection.version().mariaDb()) {
            // a reader with this number that is still connected from before is ended by the server
            UUID uuid = UUID.nameUUIDFromBytes(("sluice-" + options.serverId()).getBytes(StandardCharsets.US_ASCII));
            connection.execute("SET @replica_uuid='" + uuid + "', @slave_uuid='" + uuid + "'");
        }
    }

    private static BinlogReader startDump(
            SourceConnection connection, ReaderOptions options, BinlogPosition position, @Nullable Executor decoders)
            throws IOException {
        ServerVersion version = connection.version();
        int flags = !version.mariaDb() && version.atLeast(8, 0, 26) ? HEARTBEAT_V2_FLAG : 0;
        connection.readTimeout(options.heartbeat().multipliedBy(3));
        BinlogReader reader;
        if (position instanceof FilePosition place) {
            reader = new BinlogReader(connection, options, position, place.file(), place.offset(), decoders);
            // the command has 32 bits for the offset
            boolean far = place.offset() > 0xffff_ffffL;
            reader.skipBelow = far ? place.offset() : 0;
            connection.dumpFromFile(place.file(), far ? FIRST_EVENT : place.offset(), flags, options.serverId());
        } else {
            String gtids = ((GtidPosition) position).gtidSet();
            reader = new BinlogReader(connection, options, position, "", FIRST_EVENT, decoders);
            if (version.mariaDb()) {
                MariaDbGtidList list = MariaDbGtidList.parse(gtids);
                connection.execute("SET @slave_connect_state='" + list + "', @slave_gtid_strict_mode=0,"
                        + " @slave_gtid_ignore_duplicates=0");
                connection.dumpFromFile("", FIRST_EVENT, flags, options.serverId());
            } else {
                connection.dumpFromGtids(GtidSet.parse(gtids).encoded(), flags, options.serverId());
            }
        }
        reader.pending = reader.receive();
        return reader;
    }

    private Event nextEvent() throws IOException {
        Event first = pending;
        if (first != null) {
            pending = null;
            return first;
        }
        return receive();
    }

    private Event receive() throws IOException {
        try {
            return stream.next();
        } catch (SocketTimeoutException e) {
            Duration silence = options.heartbeat().multipliedBy(3);
            throw new IOException("no sign of life from " + options.address() + " for " + silence, e);
        } catch (ServerError e) {
            throw explained(e);
        } catch (IOException e) {
            if (closed) {
                throw new IOException("the reader was closed", e);
            }
            throw e;
        }
    }

    private IOException explained(ServerError error) {
        String text = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        if (error.code() == READING_FAILED && PURGED.stream().anyMatch(text::contains)) {
            return new PositionPurged(wanted, error);
        }
        if (error.code() == READING_FAILED && UNKNOWN.stream().anyMatch(text::contains)) {
            return new PositionUnknown(wanted, error);
        }
        if (text.contains(ID_TAKEN)) {
            return new ReplicaIdTaken(options.serverId(), error);
        }
        return error;
    }

    /** Whether an event lies in front of an offset beyond 4 GB, which the dump command cannot ask for. */
    private boolean skipped(Event event) {
        if (event.type() == EventType.FORMAT_DESCRIPTION || event.type() == EventType.ROTATE) {
            return false;
        }
        if (event.start() >= skipBelow) {
            skipBelow = 0;
            return false;
        }
        return true;
    }
}
