package dev.sluice.capture.encode;

import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.capture.filter.TableRule;
import dev.sluice.capture.schema.UniqueKeys;
import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.message.CellText;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.RowLineWriter;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.message.TransactionLine;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the entries of the binlog and writes them into the message being filled. Numbering depends on the binlog
 * and the filter alone, so that whoever reads a transaction again gives its entries the same numbers; entries that the log has already
 * are numbered and not written. Not thread-safe.
 */
public final class ChangeEncoder {
    /** Size at which a message is closed; only a single larger row makes a larger message. */
    static final int FULL = 64 * 1024;

    private static final int KEEP = 1024 * 1024;

    private final UniqueKeys uniqueKeys;
    private final long logged;
    private final @Nullable String server;
    private final Supplier<@Nullable String> executed;
    private final Map<TableShape, CapturedTable> tables = new IdentityHashMap<>();
    private LineBuffer body = new LineBuffer(FULL + FULL / 2);
    private RowLineWriter rows = new RowLineWriter(body);
    private @Nullable TableShape lastShape;
    private @Nullable CapturedTable lastTable;
    private CaptureFilter filter = CaptureFilter.EVERYTHING;
    private @Nullable String filterText;
    private int tableNumbers;

    private long seq;
    private long message;
    private long firstSeq;
    private int entries;
    private boolean endsWithDdl;

    /** What the message held when the last transaction ended. */
    private int wholeLength;

    private int wholeEntries;
    private @Nullable TransactionLine wholePlace;

    private @Nullable Transaction transaction;
    private boolean rowsSeen;
    private boolean heartbeatSeen;
    private @Nullable String origin;
    /** Transaction of the last entry in the message. */
    private @Nullable TransactionLine place;

    private boolean placeWritten;

    /** Whether transactions without entries have ended since the message's last transaction line. */
    private boolean passedSome;

    /**
     * An encoder.
     *
     * @param seq number of the last entry before the place where reading begins
     * @param logged number of the last entry that the log has already
     * @param server who the source is
     * @param executed GTIDs of all that was read before the present transaction, null if there are none
     */
    public ChangeEncoder(
            UniqueKeys uniqueKeys,
            long seq,
            long logged,
            @Nullable String server,
            Supplier<@Nullable String> executed) {
        this.uniqueKeys = uniqueKeys;
        this.seq = seq;
        this.logged = logged;
        this.server = server;
        this.executed = executed;
    }

    /** Goes on with another filter: between two transactions, and when the message is empty, which names one filter. */
    public void filter(CaptureFilter next) {
        filter = next;
        filterText = next.equals(CaptureFilter.EVERYTHING) ? null : ConfigurationCodec.encode(next);
        tables.clear();
        lastShape = null;
    }

    /** Begins a transaction; it leaves no trace unless an entry follows. */
    public void begin(Transaction next) {
        transaction = next.before(seq);
        rowsSeen = false;
        heartbeatSeen = false;
        origin = null;
        placeWritten = false;
    }

    /**
     * Whether a row would make the message too large, so that {@link #take()} must come first. A full message is not
     * closed earlier: the line that ends a transaction belongs into the message of its last entry.
     */
    public boolean isFullFor(TableShape shape, DecodedRow row) {
        return entries > 0
                && body.length() + row.imageEnd() - row.imageStart() > FULL
                && table(shape).kind() == TableRule.Kind.DATA
                && table(shape).rule().leaves(row);
    }

    /** Whether rows of a table have to be decoded; those that do not count as seen. */
    public boolean wants(TableShape shape, RowOp op) {
        boolean wanted = table(shape).rule().takes(op);
        rowsSeen |= !wanted;
        return wanted;
    }

    /** Rows are passed over without being looked at. */
    public void passedOver() {
        rowsSeen = true;
    }

    /**
     * Writes a row unless it is of a table of our own, or logged already.
     *
     * @param whole whether an update must tell all columns as changed, for a copy of the row is left out because of it
     */
    public void row(TableShape shape, DecodedRow row, boolean whole) throws IOException {
        CapturedTable table = table(shape);
        boolean first = !rowsSeen;
        rowsSeen = true;
        if (table.kind() != TableRule.Kind.DATA) {
            if (first && table.kind() == TableRule.Kind.WATERMARK) {
                origin = originIn(shape, row);
            }
            heartbeatSeen |= table.kind() == TableRule.Kind.HEARTBEAT;
            return;
        }
        if (table.rule().trim(row) && beginEntry()) {
            TableEncoder encoder = table.encoder(uniqueKeys, tableNumbers);
            tableNumbers = Math.max(tableNumbers, encoder.number() + 1);
            encoder.describe(body, message);
            encoder.write(body, rows, row, transaction != null && transaction.copy() != null, whole);
        }
    }

    /** Writes that all rows of a table are gone. */
    public void empty(TableShape shape) throws IOException {
        CapturedTable table = table(shape);
        if (table.kind() == TableRule.Kind.DATA && beginEntry()) {
            TableEncoder encoder = table.encoder(uniqueKeys, tableNumbers);
            tableNumbers = Math.max(tableNumbers, encoder.number() + 1);
            encoder.describe(body, message);
            rows.empty(encoder.number());
        }
    }

    /** A statement may have changed any table: what is known of them is forgotten. */
    public void schemaChanged() {
        tables.clear();
        lastShape = null;
    }

    /**
     * Writes a statement that changes a schema, with those of its tables that are captured.
     *
     * @param statement read only if it is written
     */
    public void ddl(Supplier<DdlLine> statement) {
        if (filter.ddl() && beginEntry()) {
            DdlLine ddl = statement.get();
            List<TableLine.Target> captured = ddl.tables().stream()
                    .filter(table -> TableRule.kind(table.schema(), table.name(), filter) == TableRule.Kind.DATA)
                    .toList();
            Lines.write(body, ddl.at(ddl.sql(), captured, null));
            endsWithDdl = true;
        }
    }

    /** Ends a transaction, in the message that holds its last entry. */
    public void commit() {
        Transaction ended = transaction;
        if (ended != null && entries > 0) {
            if (placeWritten) {
                Lines.writeCommit(body, seq - ended.seq());
            } else {
                passedSome = true;
            }
        }
        transaction = null;
        wholeLength = body.length();
        wholeEntries = entries;
        wholePlace = place;
    }

    /**
     * Takes back what the message holds of a transaction that is not at its end: whoever resumes writes it again, with the
     * line that ends it. Only {@link #take()} may follow.
     */
    public void dropOpenTransaction() {
        if (transaction != null) {
            body.truncate(wholeLength);
            entries = wholeEntries;
            place = wholePlace;
        }
    }

    /** Number of the last entry read, logged or not. */
    public long seq() {
        return seq;
    }

    /** Whether the last transaction held a heartbeat row. */
    public boolean heartbeatSeen() {
        return heartbeatSeen;
    }

    public boolean inTransaction() {
        return transaction != null;
    }

    /** Whether the message being filled holds a statement, which closes it. */
    public boolean endsWithDdl() {
        return endsWithDdl;
    }

    public boolean isEmpty() {
        return entries == 0;
    }

    /** Closes the message, which must not be empty. */
    public Message take() {
        Message taken = new Message(
                firstSeq,
                entries,
                Objects.requireNonNull(place).withExecuted(executed.get()),
                filterText,
                body.toByteArray());
        if (body.length() > KEEP) {
            body = new LineBuffer(FULL + FULL / 2);
            rows = new RowLineWriter(body);
        }
        body.clear();
        entries = 0;
        wholeLength = 0;
        wholeEntries = 0;
        endsWithDdl = false;
        message++;
        placeWritten = false;
        passedSome = false;
        return taken;
    }

    /** A message without entries: the source has moved to this place. */
    public Message position(String file, long offset, long time) {
        TransactionLine moved = new TransactionLine(null, file, offset, time, seq, null, executed.get(), server);
        LineBuffer line = new LineBuffer(512);
        Lines.writePosition(line, moved);
        return new Message(seq + 1, 0, moved, filterText, line.toByteArray());
    }

    private boolean beginEntry() {
        seq++;
        if (seq <= logged) {
            return false;
        }
        if (entries++ == 0) {
            firstSeq = seq;
            writePlace(true);
        } else if (!placeWritten) {
            writePlace(false);
        }
        return true;
    }

    private void writePlace(boolean firstOfMessage) {
        Transaction now = transaction;
        if (now == null) {
            throw new IllegalStateException("an entry outside a transaction");
        }
        place = now.line(origin, null, null);
        if (firstOfMessage || passedSome) {
            Lines.write(body, now.line(origin, executed.get(), firstOfMessage ? server : null));
        } else {
            Lines.write(body, place);
        }
        placeWritten = true;
        passedSome = false;
    }

    private CapturedTable table(TableShape shape) {
        CapturedTable last = lastTable;
        if (last == null || shape != lastShape) {
            last = tables.computeIfAbsent(shape, key -> new CapturedTable(TableRule.of(key, filter)));
            lastTable = last;
            lastShape = shape;
        }
        return last;
    }

    private static @Nullable String originIn(TableShape shape, DecodedRow row) {
        for (int i = 0; i < row.columnCount(); i++) {
            if (shape.columns().get(i).name().equalsIgnoreCase("origin") && row.present(i)) {
                String value = CellText.decode(row.bytes(), row.cellStart(i), row.cellEnd(i));
                return value.isEmpty() || CellText.isNull(row.bytes(), row.cellStart(i), row.cellEnd(i)) ? null : value;
            }
        }
        return null;
    }
}
