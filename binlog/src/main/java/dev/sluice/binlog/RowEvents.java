package dev.sluice.binlog;

import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.event.MariaDbCompression;
import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.protocol.PacketReader;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.binlog.row.ColumnSet;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.MapRules;
import dev.sluice.binlog.row.PartialRowDecoder;
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
 * Decodes table maps and the rows events that follow them for a handler. Throws IllegalArgumentException for bytes that
 * are no such events. Not safe for concurrent use.
 */
final class RowEvents {
    private static final long DUMMY_TABLE = 0xff_ffffL;

    private final TableMaps tables = new TableMaps();
    private final @Nullable RowsAhead ahead;
    private final RowDecoder decoder = new RowDecoder();
    private final PartialRowDecoder partialDecoder = new PartialRowDecoder();
    private boolean calling;

    /** Decodes what the packets hold; ahead of the reader too if there are threads for it. */
    RowEvents(PacketReader packets, @Nullable Executor threads) {
        ahead = threads == null ? null : new RowsAhead(packets, tables, threads);
    }

    /** How many events were decoded before they were reached. */
    long readyEvents() {
        return ahead == null ? 0 : ahead.taken();
    }

    /** What the rows of an event are; null if it has none. */
    static @Nullable RowOp op(int type) {
        return switch (type) {
            case EventType.WRITE_ROWS, EventType.WRITE_ROWS_V1, EventType.MARIADB_WRITE_ROWS_COMPRESSED -> RowOp.INSERT;
            case EventType.UPDATE_ROWS,
                    EventType.UPDATE_ROWS_V1,
                    EventType.PARTIAL_UPDATE_ROWS,
                    EventType.MARIADB_UPDATE_ROWS_COMPRESSED -> RowOp.UPDATE;
            case EventType.DELETE_ROWS, EventType.DELETE_ROWS_V1, EventType.MARIADB_DELETE_ROWS_COMPRESSED ->
                RowOp.DELETE;
            default -> null;
        };
    }

    /** Whether the handler runs, whose exceptions are its own. */
    boolean calling() {
        return calling;
    }

    /** Table numbers start anew with each server process, and another version may have written the file. */
    void newFile(ServerVersion writer) {
        tables.newFile(MapRules.of(writer.mariaDb(), writer.major(), writer.minor(), writer.patch()));
    }

    void tableMap(ByteCursor body, BinlogHandler handler) throws IOException {
        long number = body.unsigned(6);
        body.skip(2);
        tables.put(number, body, table -> {
            calling = true;
            TableShape shape = handler.shapeOf(table);
            calling = false;
            return shape;
        });
    }

    void rows(int type, RowOp op, ByteCursor body, BinlogHandler handler) throws IOException {
        long number = body.unsigned(6);
        body.skip(2);
        boolean partialJson = type == EventType.PARTIAL_UPDATE_ROWS;
        boolean second = partialJson || type >= EventType.WRITE_ROWS && type <= EventType.DELETE_ROWS;
        if (second) {
            body.skip(body.uint16() - 2L);
        }
        TableHandle table = tables.get(number);
        if (table == null) {
            if (number == DUMMY_TABLE || tables.announced(number)) {
                return;
            }
            throw new IllegalArgumentException("rows of a table that no table map has announced; is the start position"
                    + " one of a transaction?");
        }
        calling = true;
        boolean wanted = handler.wants(table.shape(), op, body.end() - body.position());
        calling = false;
        if (!wanted) {
            return;
        }
        if (body.lengthEncoded() != table.columns()) {
            throw new IllegalArgumentException(
                    "the rows have another number of columns than the table map of " + table.shape());
        }
        ColumnSet before = ColumnSet.read(body, table.columns());
        ColumnSet image = op == RowOp.UPDATE ? ColumnSet.read(body, table.columns()) : before;
        byte[] bytes = body.bytes();
        int at = body.position();
        int to = body.end();
        if (type >= EventType.MARIADB_WRITE_ROWS_COMPRESSED) {
            bytes = MariaDbCompression.inflate(bytes, at, to);
            at = 0;
            to = bytes.length;
        }
        if (before.complete() && image.complete() && !partialJson) {
            wholeRows(table, op, bytes, at, to, handler);
        } else {
            if (image.isEmpty()) {
                throw new IllegalArgumentException("rows of " + table.shape() + " without any column");
            }
            while (at < to) {
                partialDecoder.decode(table, op, partialJson, before, image, bytes, at, to);
                at = partialDecoder.position();
                hand(table, partialDecoder.row(), handler);
            }
        }
    }

    private void wholeRows(TableHandle table, RowOp op, byte[] bytes, int from, int to, BinlogHandler handler)
            throws IOException {
        ReadyRows ready = ahead == null ? null : ahead.take(table, op, bytes, from, to);
        if (ready != null) {
            for (int i = 0; i < ready.count(); i++) {
                hand(table, ready.row(i), handler);
            }
            return;
        }
        for (int at = from; at < to; at = decoder.position()) {
            decoder.decode(table, op, bytes, at, to);
            hand(table, decoder.row(), handler);
        }
    }

    private void hand(TableHandle table, DecodedRow row, BinlogHandler handler) {
        calling = true;
        handler.row(table.shape(), row);
        calling = false;
    }
}
