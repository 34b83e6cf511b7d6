package dev.sluice.binlog.search;

import dev.sluice.binlog.ExecutedGtids;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.event.DumpEnded;
import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.event.EventStream;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.event.GtidEvent;
import dev.sluice.binlog.event.PreviousGtids;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the transactions of the binary log from the head of a file on, up to the end the log has now, without looking
 * at rows. Not safe for concurrent use.
 */
final class FileScan implements AutoCloseable {
    /** The server ends the dump at the end of the log; readers without an id of their own may be as many as want. */
    private static final int NON_BLOCKING = 1;

    private static final long NO_ID = 0;
    private static final long FIRST_EVENT = 4;

    private final SourceConnection connection;
    private final EventStream stream;
    private final boolean mariaDb;
    private ExecutedGtids executed;
    private boolean headRead;
    private @Nullable Instant fileBegan;
    private String file;
    private long begins;
    private long ends;
    private @Nullable String gtid;
    private Instant committed = Instant.EPOCH;
    private @Nullable FilePosition tail;

    private FileScan(SourceConnection connection, String file) {
        this.connection = connection;
        this.file = file;
        stream = new EventStream(connection.packets(), file, FIRST_EVENT);
        mariaDb = connection.version().mariaDb();
        executed = ExecutedGtids.parse("", mariaDb);
        ends = FIRST_EVENT;
    }

    static FileScan open(SourceAddress address, Duration timeout, String file) throws IOException {
        SourceConnection connection = SourceConnection.open(address, timeout);
        try {
            connection.understandEvents();
            if (!connection.version().mariaDb()) {
                UUID uuid = UUID.randomUUID();
                connection.execute("SET @replica_uuid='" + uuid + "', @slave_uuid='" + uuid + "'");
            }
            connection.dumpFromFile(file, FIRST_EVENT, NON_BLOCKING, NO_ID);
            return new FileScan(connection, file);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** When the file that is being read was begun. */
    @Nullable
    Instant began() throws IOException {
        while (fileBegan == null && step() != null) {
            // up to the format description
        }
        return fileBegan;
    }

    /** What stands in front of this file and is not among those given. */
    String missing(String gtids) throws IOException {
        while (!headRead && step() != null) {
            // up to what precedes the file
        }
        return ExecutedGtids.missing(executed.text(), gtids, mariaDb);
    }

    /** Parses GTIDs of this source. */
    ExecutedGtids executed(String gtids) {
        return ExecutedGtids.parse(gtids, mariaDb);
    }

    /** Moves to the next transaction; false at the end of the log. The one before counts as executed. */
    boolean next() throws IOException {
        String before = gtid;
        if (before != null) {
            executed.add(before);
            gtid = null;
        }
        for (Event event = step(); event != null; event = step()) {
            GtidEvent found =
                    switch (event.type()) {
                        case EventType.GTID -> GtidEvent.mysql(event.body(), false);
                        case EventType.ANONYMOUS_GTID -> GtidEvent.mysql(event.body(), true);
                        case EventType.GTID_TAGGED -> GtidEvent.tagged(event.body());
                        case EventType.MARIADB_GTID -> GtidEvent.mariaDb(event.body(), event.serverId());
                        default -> null;
                    };
            if (found != null) {
                gtid = found.gtid();
                long micros = found.commitMicros() == 0 ? event.timestamp() * 1_000_000 : found.commitMicros();
                committed = Instant.EPOCH.plus(Duration.ofNanos(micros * 1000));
                begins = event.start();
                return true;
            }
        }
        return false;
    }

    /** Where the transaction begins. */
    FilePosition place() {
        return new FilePosition(file, begins);
    }

    /** Where the last event ended. */
    FilePosition end() {
        return new FilePosition(file, ends);
    }

    /** Where the transactions of the last file that is complete end. */
    @Nullable
    FilePosition tail() {
        return tail;
    }

    /** What was executed before the transaction. */
    String executed() {
        return executed.text();
    }

    @Nullable
    String gtid() {
        return gtid;
    }

    Instant committed() {
        return committed;
    }

    private @Nullable Event step() throws IOException {
        Event event;
        try {
            event = stream.next();
        } catch (DumpEnded e) {
            return null;
        }
        boolean closesFile = event.type() == EventType.ROTATE || event.type() == EventType.STOP;
        if (closesFile && !event.artificial()) {
            tail = new FilePosition(file, event.start());
        }
        file = stream.file();
        ends = stream.offset();
        switch (event.type()) {
            case EventType.FORMAT_DESCRIPTION -> {
                if (event.timestamp() != 0) {
                    fileBegan = Instant.ofEpochSecond(event.timestamp());
                }
            }
            case EventType.PREVIOUS_GTIDS -> head(PreviousGtids.mysql(event.body()));
            case EventType.MARIADB_GTID_LIST -> head(PreviousGtids.mariaDb(event.body()));
            default -> {
                // of no interest here
            }
        }
        return event;
    }

    private void head(String gtids) {
        executed = executed(gtids);
        headRead = true;
    }

    @Override
    public void close() {
        connection.close();
    }
}
