package dev.sluice.binlog;

import dev.sluice.binlog.event.DumpEnded;
import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.event.EventStream;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.event.QueryEvent;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds the statements that change schemas in a part of the binary log, over a connection of its own. */
public final class DdlSearch {
    private static final int END_WITH_THE_LOG = 1;
    /** Tells the server that no replica reads, so that it pushes none out. */
    private static final int NO_REPLICA = 0;

    private static final long FIRST_EVENT = 4;
    private static final long LARGEST_ASKED = 0xffff_ffffL;

    private final SourceAddress address;
    private final Duration timeout;

    public DdlSearch(SourceAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /**
     * All statements that begin between two places, in their order.
     *
     * @param from where a transaction begins
     * @param to where the log ends, or ended once
     */
    public List<DdlStatement> between(FilePosition from, FilePosition to) throws IOException {
        List<DdlStatement> found = new ArrayList<>();
        if (from.compareTo(to) >= 0) {
            return found;
        }
        try (SourceConnection connection = SourceConnection.open(address, timeout)) {
            connection.understandEvents();
            // the command has 32 bits for the offset
            long asked = from.offset() > LARGEST_ASKED ? FIRST_EVENT : from.offset();
            connection.dumpFromFile(from.file(), asked, END_WITH_THE_LOG, NO_REPLICA);
            EventStream stream = new EventStream(connection.packets(), from.file(), asked);
            while (true) {
                Event event = stream.next();
                FilePosition place = new FilePosition(stream.file(), event.start());
                if (event.artificial() || event.type() == EventType.ROTATE || place.compareTo(from) < 0) {
                    continue;
                }
                if (place.compareTo(to) >= 0) {
                    return found;
                }
                boolean compressed = event.type() == EventType.MARIADB_QUERY_COMPRESSED;
                if (event.type() == EventType.QUERY || compressed) {
                    QueryEvent query = QueryEvent.parse(event.body(), compressed);
                    if (StatementKind.of(query.sql()) == StatementKind.OTHER) {
                        found.add(new DdlStatement(
                                query.schema(),
                                query.sql(),
                                query.sqlMode(),
                                query.serverCollation(),
                                place.file(),
                                place.offset(),
                                event.timestamp() * 1_000_000));
                    }
                }
            }
        } catch (DumpEnded e) {
            return found;
        }
    }
}
