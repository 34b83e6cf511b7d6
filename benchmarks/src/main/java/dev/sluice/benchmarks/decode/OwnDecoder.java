package dev.sluice.benchmarks.decode;

import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.event.EventStream;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.protocol.PacketReader;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.ReadyRows;
import dev.sluice.binlog.row.RowDecoder;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.RowsAhead;
import dev.sluice.binlog.row.TableHandle;
import dev.sluice.binlog.row.TableMaps;
import dev.sluice.binlog.row.TableShape;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sluice's own decoder on a recording: packets, checksums, table maps, and every row as JSON cells. Not thread-safe.
 */
final class OwnDecoder {
    /** Takes what was decoded; the row is used again for the next one. */
    interface Taker {
        void begin();

        void row(TableShape table, DecodedRow row) throws IOException;

        void commit();
    }

    private static final int MAX_PACKET = 1 << 30;

    private final int events;
    private final EventStream stream;
    private final TableMaps tables = new TableMaps();
    private final RowDecoder decoder = new RowDecoder();
    private final @Nullable RowsAhead ahead;

    /**
     * A decoder.
     *
     * @param threads that decode what has arrived and was not reached yet; null for none
     */
    OwnDecoder(Recording recording, @Nullable Executor threads) {
        events = recording.events();
        PacketReader packets = new PacketReader(new Rewinding(recording.packets()), MAX_PACKET);
        stream = new EventStream(packets, "recorded", 4);
        ahead = threads == null ? null : new RowsAhead(packets, tables, threads);
    }

    /** Decodes the whole recording once more; how many rows it had. */
    long pass(Taker taker) throws IOException {
        long rows = 0;
        for (int i = 0; i < events; i++) {
            Event event = stream.next();
            switch (event.type()) {
                case EventType.TABLE_MAP -> {
                    ByteCursor body = event.body();
                    long number = body.unsigned(6);
                    body.skip(2);
                    tables.put(number, body, table -> {
                        throw new IOException("the recording has no full row metadata");
                    });
                }
                case EventType.WRITE_ROWS -> rows += rows(event, RowOp.INSERT, taker);
                case EventType.UPDATE_ROWS -> rows += rows(event, RowOp.UPDATE, taker);
                case EventType.DELETE_ROWS -> rows += rows(event, RowOp.DELETE, taker);
                case EventType.GTID, EventType.ANONYMOUS_GTID -> taker.begin();
                case EventType.XID -> taker.commit();
                default -> {
                    // what carries no rows
                }
            }
        }
        return rows;
    }

    private long rows(Event event, RowOp op, Taker taker) throws IOException {
        ByteCursor body = event.body();
        TableHandle table = tables.get(body.unsigned(6));
        if (table == null) {
            throw new IOException("rows before their table map");
        }
        body.skip(2);
        body.skip(body.uint16() - 2L);
        long bitmap = (body.lengthEncoded() + 7) / 8;
        body.skip(op == RowOp.UPDATE ? 2 * bitmap : bitmap);
        ReadyRows ready = ahead == null ? null : ahead.take(table, op, body.bytes(), body.position(), body.end());
        if (ready != null) {
            for (int i = 0; i < ready.count(); i++) {
                taker.row(table.shape(), ready.row(i));
            }
            return ready.count();
        }
        long count = 0;
        for (int at = body.position(); at < body.end(); at = decoder.position()) {
            decoder.decode(table, op, body.bytes(), at, body.end());
            taker.row(table.shape(), decoder.row());
            count++;
        }
        return count;
    }
}
