package dev.sluice.sink.batch;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MalformedMessage;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts messages into batches: one for all of them, or one for each run of rows with the same origin and one for each
 * statement. Where transactions are kept whole, rows behind the last end of one stay apart. Not thread-safe; one for each
 * partition.
 */
public final class BatchAssembler {
    private final Partition partition;
    private final String sourceSite;
    private final ApplyRules rules;
    private final TableLines tableLines = new TableLines();
    private final LineScanner scanner = new LineScanner();
    private final RowLine rowLine = new RowLine();

    private List<RowBatch> batches = new ArrayList<>();
    private List<Row> rows = new ArrayList<>();
    private @Nullable String origin;
    private Watermark before = Watermark.NONE;
    private Watermark last = Watermark.NONE;
    /* Up to where no transaction is open. */
    private Watermark whole = Watermark.NONE;
    private int wholeRows;

    /** An assembler whose batches insert the rows that updates miss. */
    public BatchAssembler(Partition partition, String sourceSite) {
        this(partition, sourceSite, ApplyRules.DEFAULT);
    }

    /**
     * An assembler.
     *
     * @param sourceSite origin of rows whose transaction names none
     * @param rules what becomes of updates and deletes whose row is not there, and of statements
     */
    public BatchAssembler(Partition partition, String sourceSite, ApplyRules rules) {
        this.partition = partition;
        this.sourceSite = sourceSite;
        this.rules = rules;
    }

    /** Begins with the watermark that the target holds. */
    public BatchAssembler start(Watermark watermark) {
        batches = new ArrayList<>();
        rows = new ArrayList<>();
        origin = null;
        before = watermark;
        last = watermark;
        whole = watermark;
        wholeRows = 0;
        return this;
    }

    /**
     * Adds a message's entries, without its first {@code skip}; they must follow what was added before.
     *
     * @throws MalformedMessage if it does not hold what its header says
     */
    public void add(Message message, int skip) {
        Map<Integer, TableLine> tables = new HashMap<>();
        TransactionLine transaction = null;
        int entry = 0;
        scanner.over(message.body());
        while (scanner.next()) {
            switch (scanner.kind()) {
                case TABLE -> {
                    TableLine table = tableLines.at(scanner);
                    tables.put(table.table(), table);
                }
                case TRANSACTION -> transaction = Lines.transaction(scanner.body(), scanner.from(), scanner.to());
                case ROW -> {
                    if (entry++ >= skip) {
                        addRow(message, entry - 1, tables, transaction);
                    }
                }
                case DDL -> {
                    if (entry++ >= skip) {
                        addStatement(message, entry - 1, Lines.ddl(scanner.body(), scanner.from(), scanner.to()));
                    }
                }
                case COMMIT -> {
                    if (message.header().whole() && entry++ >= skip) {
                        passed(watermarkOf(message, entry - 1), true);
                    }
                }
                default -> {
                    // position lines say nothing to a sink
                }
            }
        }
        if (entry != message.header().entries()) {
            throw new MalformedMessage("message of partition " + partition + " from "
                    + message.header().seq() + " says it has "
                    + message.header().entries() + " entries but has " + entry);
        }
    }

    /** Whether the last entries added are of a transaction that has not ended. */
    public boolean inTransaction() {
        return !last.equals(whole);
    }

    /** Whether something can be written that is whole. */
    public boolean hasWhole() {
        return !batches.isEmpty() || !whole.equals(before);
    }

    /** The batches that are whole, in order; each one's watermark follows the one before. */
    public List<RowBatch> finish() {
        if (inTransaction()) {
            closeWhole();
        } else {
            close();
        }
        return batches;
    }

    /** After {@link #finish()}: the part of the transaction that has not ended. */
    public RowBatch part() {
        return new RowBatch(
                partition,
                before,
                last,
                origin == null ? sourceSite : origin,
                rows,
                RowBatch.Aside.NOTHING,
                rules.missingRow(),
                true,
                null);
    }

    private void addRow(
            Message message, int entry, Map<Integer, TableLine> tables, @Nullable TransactionLine transaction) {
        rowLine.head(scanner).cells();
        TableLine table = tables.get(rowLine.table());
        if (table == null || transaction == null) {
            throw new MalformedMessage("row " + (message.header().seq() + entry) + " of partition " + partition
                    + " comes before its table or transaction");
        }
        int columns = table.columns().size();
        boolean fits = rowLine.complete()
                ? rowLine.size() == columns
                : rowLine.size() == 0 || rowLine.ordinal(rowLine.size() - 1) < columns;
        if (!fits) {
            throw new MalformedMessage("row " + (message.header().seq() + entry) + " of partition " + partition
                    + " has " + rowLine.size() + " cells, its table " + columns + " columns");
        }
        String rowOrigin = transaction.origin() == null ? sourceSite : transaction.origin();
        if (origin != null && !origin.equals(rowOrigin)) {
            close();
        }
        origin = rowOrigin;
        Watermark watermark = watermarkOf(message, entry);
        rows.add(
                new Row(rowLine, watermark, table, transaction, message.header().again()));
        passed(watermark, !message.header().whole());
    }

    private void passed(Watermark watermark, boolean ends) {
        last = watermark;
        if (ends) {
            whole = watermark;
            wholeRows = rows.size();
        }
    }

    /** A statement goes alone, for it waits for the other partitions; before it stands a line that only says so. */
    private void addStatement(Message message, int entry, DdlLine line) {
        if (inTransaction()) {
            throw new MalformedMessage("statement " + (message.header().seq() + entry) + " of partition " + partition
                    + " comes inside a transaction");
        }
        close();
        origin = null;
        DdlLine.Barrier barrier = line.barrier();
        DdlLine statement = barrier == null ? null : rules.ddl().ignores(barrier.entry()) ? line.givenUp() : line;
        batches.add(RowBatch.of(partition, before, watermarkOf(message, entry), sourceSite, statement));
        before = watermarkOf(message, entry);
        passed(before, true);
    }

    /** Whether the last batch is a statement. */
    public boolean endsWithStatement() {
        return !batches.isEmpty()
                && rows.isEmpty()
                && batches.get(batches.size() - 1).statement() != null;
    }

    private Watermark watermarkOf(Message message, int entry) {
        return new Watermark(message.header().epoch(), message.header().seq() + entry);
    }

    private void close() {
        if (!last.equals(before)) {
            batches.add(new RowBatch(
                    partition,
                    before,
                    last,
                    origin == null ? sourceSite : origin,
                    rows,
                    RowBatch.Aside.NOTHING,
                    rules.missingRow()));
            rows = new ArrayList<>();
            before = last;
            whole = last;
            wholeRows = 0;
        }
    }

    /** Closes a batch behind the last transaction that has ended. */
    private void closeWhole() {
        List<Row> part = new ArrayList<>(rows.subList(wholeRows, rows.size()));
        Watermark end = last;
        rows = new ArrayList<>(rows.subList(0, wholeRows));
        last = whole;
        close();
        rows = part;
        last = end;
    }
}
