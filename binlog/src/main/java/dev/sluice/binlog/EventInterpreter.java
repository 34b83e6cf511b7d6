package dev.sluice.binlog;

import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.event.EventStream;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.event.GtidEvent;
import dev.sluice.binlog.event.MariaDbCompression;
import dev.sluice.binlog.event.QueryEvent;
import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.binlog.row.ColumnSet;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.PartialRowDecoder;
import dev.sluice.binlog.row.RowDecoder;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableHandle;
import dev.sluice.binlog.row.TableMaps;
import dev.sluice.binlog.row.YearSign;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gives events their meaning: which of them begin and end a transaction, which carry rows, and which stop the reader
 * because they cannot be read faithfully. Not safe for concurrent use.
 */
final class EventInterpreter {
    private static final long DUMMY_TABLE = 0xff_ffffL;

    private final EventStream stream;
    private final TableMaps tables = new TableMaps();
    private final RowDecoder decoder = new RowDecoder();
    private final PartialRowDecoder partialDecoder = new PartialRowDecoder();
    private @Nullable GtidEvent announced;
    private long announcedStart;
    private boolean open;
    private long openStart;
    private long openMicros;
    /** Whether the handler runs, whose exceptions are its own. */
    private boolean calling;

    EventInterpreter(EventStream stream) {
        this.stream = stream;
    }

    void interpret(Event event, BinlogHandler handler) throws IOException {
        try {
            switch (event.type()) {
                case EventType.TABLE_MAP -> {
                    ByteCursor body = event.body();
                    long number = body.unsigned(6);
                    body.skip(2);
                    tables.put(number, body);
                }
                case EventType.WRITE_ROWS, EventType.WRITE_ROWS_V1 -> rows(event, RowOp.INSERT, handler);
                case EventType.UPDATE_ROWS, EventType.UPDATE_ROWS_V1 -> rows(event, RowOp.UPDATE, handler);
                case EventType.DELETE_ROWS, EventType.DELETE_ROWS_V1 -> rows(event, RowOp.DELETE, handler);
                case EventType.MARIADB_WRITE_ROWS_COMPRESSED -> rows(event, RowOp.INSERT, handler);
                case EventType.MARIADB_UPDATE_ROWS_COMPRESSED -> rows(event, RowOp.UPDATE, handler);
                case EventType.MARIADB_DELETE_ROWS_COMPRESSED -> rows(event, RowOp.DELETE, handler);
                case EventType.GTID -> announce(event, GtidEvent.mysql(event.body(), false), handler);
                case EventType.ANONYMOUS_GTID -> announce(event, GtidEvent.mysql(event.body(), true), handler);
                case EventType.GTID_TAGGED -> announce(event, GtidEvent.tagged(event.body()), handler);
                case EventType.MARIADB_GTID ->
                    announce(event, GtidEvent.mariaDb(event.body(), event.serverId()), handler);
                case EventType.QUERY -> statement(event, QueryEvent.parse(event.body(), false), handler);
                case EventType.MARIADB_QUERY_COMPRESSED ->
                    statement(event, QueryEvent.parse(event.body(), true), handler);
                case EventType.XID -> end(event, true, handler);
                case EventType.ROTATE, EventType.HEARTBEAT, EventType.HEARTBEAT_V2 -> moved(handler);
                case EventType.FORMAT_DESCRIPTION -> formatDescription(event);
                case EventType.INCIDENT ->
                    throw refusal(
                            event,
                            "the source reports an incident: it may have lost changes it should have logged; compare source"
                                    + " and targets or take a new snapshot, then start behind it");
                case EventType.PARTIAL_UPDATE_ROWS ->
                    throw refusal(
                            event,
                            "partial JSON updates are not supported; run SET GLOBAL binlog_row_value_options='' on the"
                                    + " source");
                case EventType.XA_PREPARE -> throw refusal(event, "XA transactions are not supported yet");
                case EventType.EXECUTE_LOAD_QUERY, EventType.BEGIN_LOAD_QUERY ->
                    throw refusal(event, statementFormat("LOAD DATA"));
                case EventType.TRANSACTION_PAYLOAD,
                        EventType.PREVIOUS_GTIDS,
                        EventType.STOP,
                        EventType.IGNORABLE,
                        EventType.ROWS_QUERY,
                        EventType.TRANSACTION_CONTEXT,
                        EventType.VIEW_CHANGE,
                        EventType.INTVAR,
                        EventType.RAND,
                        EventType.USER_VAR,
                        EventType.MARIADB_ANNOTATE_ROWS,
                        EventType.MARIADB_BINLOG_CHECKPOINT,
                        EventType.MARIADB_GTID_LIST,
                        EventType.MARIADB_START_ENCRYPTION -> {
                    // known to change no row; a payload's events follow one by one
                }
                default -> {
                    if (!event.ignorable()) {
                        throw refusal(event, "the event is not known and must not be ignored");
                    }
                }
            }
        } catch (RuntimeException e) {
            if (calling) {
                throw e;
            }
            throw new BinlogFormatException(place(event) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Tells the place only between transactions, where reading may start. */
    private void moved(BinlogHandler handler) {
        if (!open && announced == null) {
            calling = true;
            handler.positionMoved(stream.file(), stream.offset());
            calling = false;
        }
    }

    private void announce(Event event, GtidEvent gtid, BinlogHandler handler) throws IOException {
        if (open) {
            throw refusal(event, "a transaction begins before the one at " + openStart + " has ended");
        }
        if (gtid.xa()) {
            throw refusal(event, "XA transactions are not supported yet");
        }
        announced = gtid;
        announcedStart = event.start();
        // MariaDB writes no BEGIN
        if (event.type() == EventType.MARIADB_GTID && !gtid.standalone()) {
            begin(event, handler);
        }
    }

    private void begin(Event event, BinlogHandler handler) throws IOException {
        if (open) {
            throw refusal(event, "a transaction begins before the one at " + openStart + " has ended");
        }
        GtidEvent gtid = announced;
        announced = null;
        open = true;
        openStart = gtid == null ? event.start() : announcedStart;
        openMicros = gtid == null || gtid.commitMicros() == 0 ? event.timestamp() * 1_000_000 : gtid.commitMicros();
        TransactionStart start = new TransactionStart(
                gtid == null ? null : gtid.gtid(), stream.file(), openStart, openMicros, event.serverId());
        calling = true;
        handler.transactionStarted(start);
        calling = false;
    }

    private void end(Event event, boolean committed, BinlogHandler handler) throws IOException {
        if (!open) {
            throw refusal(event, "a transaction ends that has not begun; is the start position one of a transaction?");
        }
        open = false;
        TransactionEnd end = new TransactionEnd(committed, stream.file(), event.end());
        calling = true;
        handler.transactionEnded(end);
        calling = false;
    }

    private void statement(Event event, QueryEvent query, BinlogHandler handler) throws IOException {
        switch (StatementKind.of(query.sql())) {
            case BEGIN -> begin(event, handler);
            case COMMIT -> end(event, true, handler);
            case ROLLBACK -> end(event, false, handler);
            case SAVEPOINT -> {
                // the log holds only what was kept in the end
            }
            case ROLLBACK_TO ->
                throw refusal(event, "ROLLBACK TO SAVEPOINT is in the log, so rows in front of it were taken back");
            case XA -> throw refusal(event, "XA transactions are not supported yet");
            case ROW_CHANGE -> throw refusal(event, statementFormat(StatementKind.firstWord(query.sql())));
            case OTHER -> ddl(event, query, query.sql(), handler);
            case EMPTIED_TABLE -> ddl(event, query, StatementKind.asTruncate(query.sql()), handler);
        }
    }

    private void ddl(Event event, QueryEvent query, String sql, BinlogHandler handler) throws IOException {
        boolean alone = !open;
        boolean changesNothing = announced != null && announced.partOfAlter();
        if (alone) {
            begin(event, handler);
        }
        if (!changesNothing) {
            DdlStatement statement = new DdlStatement(query.schema(), sql, stream.file(), openStart, openMicros);
            calling = true;
            handler.ddl(statement);
            calling = false;
        }
        if (alone) {
            end(event, true, handler);
        }
    }

    private void rows(Event event, RowOp op, BinlogHandler handler) throws IOException {
        ByteCursor body = event.body();
        long number = body.unsigned(6);
        body.skip(2);
        boolean second = event.type() >= EventType.WRITE_ROWS && event.type() <= EventType.DELETE_ROWS;
        if (second) {
            body.skip(body.uint16() - 2L);
        }
        TableHandle table = tables.get(number);
        if (table == null) {
            if (number == DUMMY_TABLE) {
                return;
            }
            throw refusal(
                    event,
                    "rows of a table that no table map has announced; is the start position one of a"
                            + " transaction?");
        }
        if (!open) {
            throw refusal(event, "rows outside of a transaction; is the start position one of a transaction?");
        }
        calling = true;
        boolean wanted = handler.wants(table.shape(), op, body.end() - body.position());
        calling = false;
        if (!wanted) {
            return;
        }
        if (body.lengthEncoded() != table.columns()) {
            throw refusal(event, "the rows have another number of columns than the table map of " + table.shape());
        }
        ColumnSet before = ColumnSet.read(body, table.columns());
        ColumnSet image = op == RowOp.UPDATE ? ColumnSet.read(body, table.columns()) : before;
        byte[] bytes = body.bytes();
        int at = body.position();
        int to = body.end();
        if (event.type() >= EventType.MARIADB_WRITE_ROWS_COMPRESSED) {
            bytes = MariaDbCompression.inflate(bytes, at, to);
            at = 0;
            to = bytes.length;
        }
        if (before.complete() && image.complete()) {
            while (at < to) {
                decoder.decode(table, op, bytes, at, to);
                at = decoder.position();
                hand(table, decoder.row(), handler);
            }
        } else {
            if (image.isEmpty()) {
                throw refusal(event, "rows of " + table.shape() + " without any column");
            }
            while (at < to) {
                partialDecoder.decode(table, op, before, image, bytes, at, to);
                at = partialDecoder.position();
                hand(table, partialDecoder.row(), handler);
            }
        }
    }

    private void hand(TableHandle table, DecodedRow row, BinlogHandler handler) {
        calling = true;
        handler.row(table.shape(), row);
        calling = false;
    }

    private void formatDescription(Event event) throws IOException {
        ServerVersion writer = stream.writer();
        if (writer != null) {
            tables.newFile(YearSign.of(writer.mariaDb(), writer.major(), writer.minor(), writer.patch()));
        }
        if (open) {
            throw refusal(event, "the source stopped within the transaction at " + openStart + " and took it back");
        }
    }

    private static String statementFormat(String word) {
        return "a row change is logged as a statement (" + word + "); set binlog_format=ROW on the source, globally and"
                + " in every session";
    }

    private BinlogFormatException refusal(Event event, String reason) {
        return new BinlogFormatException(place(event) + ": " + reason);
    }

    private String place(Event event) {
        return "event of type " + event.type() + " at " + stream.file() + ":" + event.start();
    }
}
