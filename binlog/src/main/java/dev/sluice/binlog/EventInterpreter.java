package dev.sluice.binlog;

import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.event.EventStream;
import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.event.GtidEvent;
import dev.sluice.binlog.event.PreviousGtids;
import dev.sluice.binlog.event.QueryEvent;
import dev.sluice.binlog.event.Xid;
import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.binlog.row.RowOp;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gives events their meaning: which of them begin and end a transaction, which carry rows, and which stop the reader
 * because they cannot be read faithfully. Not safe for concurrent use.
 */
final class EventInterpreter {
    private final EventStream stream;
    private final RowEvents rows;
    private final XaTransactions xa;
    private final OpenTransaction transaction;
    private @Nullable BinlogHandler present;
    private @Nullable GtidEvent announced;
    private long announcedStart;
    private boolean open;
    private long openStart;
    private long openMicros;
    /** Whether the handler runs, whose exceptions are its own. */
    private boolean calling;

    EventInterpreter(EventStream stream, SecondReading log, @Nullable Executor decoders) {
        this.stream = stream;
        rows = new RowEvents(stream.packets(), decoders);
        xa = new XaTransactions(log, rows);
        transaction = new OpenTransaction(log, xa, this::hand);
    }

    /** How many rows events were decoded before they were reached. */
    long readyEvents() {
        return rows.readyEvents();
    }

    void interpret(Event event, BinlogHandler handler) throws IOException {
        present = handler;
        try {
            switch (event.type()) {
                case EventType.TABLE_MAP -> {
                    if (open) {
                        transaction.take(event);
                    }
                }
                case EventType.WRITE_ROWS,
                        EventType.WRITE_ROWS_V1,
                        EventType.UPDATE_ROWS,
                        EventType.UPDATE_ROWS_V1,
                        EventType.PARTIAL_UPDATE_ROWS,
                        EventType.DELETE_ROWS,
                        EventType.DELETE_ROWS_V1,
                        EventType.MARIADB_WRITE_ROWS_COMPRESSED,
                        EventType.MARIADB_UPDATE_ROWS_COMPRESSED,
                        EventType.MARIADB_DELETE_ROWS_COMPRESSED -> rows(event);
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
                case EventType.XA_PREPARE -> prepared(event, handler);
                case EventType.EXECUTE_LOAD_QUERY, EventType.BEGIN_LOAD_QUERY ->
                    throw refusal(event, statementFormat("LOAD DATA"));
                case EventType.PREVIOUS_GTIDS -> executed(PreviousGtids.mysql(event.body()), handler);
                case EventType.MARIADB_GTID_LIST -> executed(PreviousGtids.mariaDb(event.body()), handler);
                case EventType.TRANSACTION_PAYLOAD,
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
            if (calling || rows.calling()) {
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

    private void executed(String gtids, BinlogHandler handler) {
        calling = true;
        handler.executedBefore(gtids);
        calling = false;
    }

    private void announce(Event event, GtidEvent gtid, BinlogHandler handler) throws IOException {
        if (open) {
            throw refusal(event, "a transaction begins before the one at " + openStart + " has ended");
        }
        announced = gtid;
        announcedStart = event.start();
        // MariaDB writes no BEGIN
        if (event.type() == EventType.MARIADB_GTID && !gtid.standalone()) {
            begin(event, handler);
            if (gtid.preparedXa()) {
                transaction.beginXa();
            }
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
        // MariaDB logs transactions that it rolled back if temporary tables or tables without transactions took part
        transaction.begin(new FilePosition(stream.file(), openStart), mariaDb(gtid));
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
        if (committed) {
            transaction.committed();
        } else {
            transaction.rolledBack();
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
            case SAVEPOINT -> transaction.savepoint(query.sql());
            case ROLLBACK_TO -> transaction.rollBackTo(query.sql());
            case RELEASE -> {
                // what came after it may still be taken back to an older one
            }
            case XA -> xa(event, query.sql(), handler);
            case ROW_CHANGE -> throw refusal(event, statementFormat(StatementKind.firstWord(query.sql())));
            case OTHER, EMPTIED_TABLE -> ddl(event, query, handler);
        }
    }

    private void ddl(Event event, QueryEvent query, BinlogHandler handler) throws IOException {
        if (open) {
            transaction.take(event);
            return;
        }
        boolean changesNothing = announced != null && announced.partOfAlter();
        begin(event, handler);
        if (!changesNothing) {
            ddl(query, handler);
        }
        end(event, true, handler);
    }

    private void ddl(QueryEvent query, BinlogHandler handler) {
        String sql = StatementKind.of(query.sql()) == StatementKind.EMPTIED_TABLE
                ? StatementKind.asTruncate(query.sql())
                : query.sql();
        DdlStatement statement = new DdlStatement(
                query.schema(), sql, query.sqlMode(), query.serverCollation(), stream.file(), openStart, openMicros);
        calling = true;
        handler.ddl(statement);
        calling = false;
    }

    /** XA START and END stand around the rows, in MariaDB only the latter; COMMIT and ROLLBACK for themselves. */
    private void xa(Event event, String sql, BinlogHandler handler) throws IOException {
        switch (StatementKind.secondWord(sql)) {
            case "START", "BEGIN" -> {
                if (!open) {
                    begin(event, handler);
                }
                transaction.beginXa();
            }
            case "END" -> {
                // XA_PREPARE follows
            }
            case "COMMIT" -> {
                if (!open) {
                    begin(event, handler);
                }
                xa.committed(Xid.of(sql), new FilePosition(stream.file(), openStart), this::hand);
                formatOf(stream.writer());
                end(event, true, handler);
            }
            case "ROLLBACK" -> {
                if (!open) {
                    begin(event, handler);
                }
                xa.rolledBack(Xid.of(sql));
                end(event, true, handler);
            }
            default -> throw refusal(event, "the XA statement is not known: " + sql);
        }
    }

    private void prepared(Event event, BinlogHandler handler) throws IOException {
        ByteCursor body = event.body();
        boolean onePhase = body.uint8() != 0;
        transaction.prepared(onePhase, Xid.of(body));
        formatOf(stream.writer());
        end(event, true, handler);
    }

    private void rows(Event event) throws IOException {
        if (!open) {
            throw refusal(event, "rows outside of a transaction; is the start position one of a transaction?");
        }
        transaction.take(event);
    }

    /** Hands on a change that is sure to count, or takes in its table map. */
    private void hand(int type, ByteCursor body) throws IOException {
        BinlogHandler handler = Objects.requireNonNull(present);
        RowOp op = RowEvents.op(type);
        if (op != null) {
            rows.rows(type, op, body, handler);
        } else if (type == EventType.TABLE_MAP) {
            rows.tableMap(body, handler);
        } else {
            ddl(QueryEvent.parse(body, type == EventType.MARIADB_QUERY_COMPRESSED), handler);
        }
    }

    private void formatDescription(Event event) throws IOException {
        formatOf(stream.writer());
        if (open) {
            throw refusal(event, "the source stopped within the transaction at " + openStart + " and took it back");
        }
    }

    private void formatOf(@Nullable ServerVersion writer) {
        if (writer != null) {
            rows.newFile(writer);
        }
    }

    private static boolean mariaDb(@Nullable GtidEvent gtid) {
        return gtid != null && gtid.mariaDb();
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
