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
            EventStream stream = SecondReading.dump(connection, from);
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
                    StatementKind kind = StatementKind.of(query.sql());
                    // both are handed on by the reader, and counted by whoever asks
                    if (kind == StatementKind.OTHER || kind == StatementKind.EMPTIED_TABLE) {
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
