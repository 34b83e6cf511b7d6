package dev.sluice.binlog;

import dev.sluice.binlog.row.BareTable;
import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.binlog.schema.LiveTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps what a reader finds of one schema. */
class Collected implements BinlogHandler {
    /** A row copied out of the reused object; the cell of an absent column is empty. */
    record Row(TableShape table, RowOp op, List<String> cells, Map<String, String> old, String array) {
        String cell(String column) {
            for (int i = 0; i < cells.size(); i++) {
                if (table.columns().get(i).name().equals(column)) {
                    return cells.get(i);
                }
            }
            throw new AssertionError("no column " + column);
        }
    }

    /** A transaction with what was in it. */
    record Transaction(TransactionStart start, List<Row> rows, List<DdlStatement> ddl, List<TransactionEnd> end) {}

    private final String schema;
    final List<Row> rows = new ArrayList<>();
    final List<DdlStatement> ddl = new ArrayList<>();
    final List<Transaction> transactions = new ArrayList<>();
    final List<String> moves = new ArrayList<>();
    private final @Nullable LiveTables live;
    private final Map<String, TableShape> shapes = new HashMap<>();
    private boolean open;

    Collected(String schema) {
        this(schema, null);
    }

    /** Of a source that does not log the names of columns, whose tables do not change any more. */
    Collected(String schema, @Nullable LiveTables live) {
        this.schema = schema;
        this.live = live;
    }

    @Override
    public @Nullable TableShape shapeOf(BareTable table) throws IOException {
        if (live == null) {
            return BinlogHandler.super.shapeOf(table);
        }
        TableShape shape = shapes.get(table.table());
        if (shape == null && table.schema().equals(schema)) {
            shape = live.read(schema, table.table()).shape();
            shapes.put(table.table(), shape);
        }
        return shape;
    }

    @Override
    public void transactionStarted(TransactionStart transaction) {
        check(!open, "a transaction starts within another");
        open = true;
        transactions.add(new Transaction(transaction, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    }

    @Override
    public void row(TableShape table, DecodedRow row) {
        check(open, "a row outside of a transaction");
        if (!table.schema().equals(schema)) {
            return;
        }
        List<String> cells = new ArrayList<>();
        Map<String, String> old = new LinkedHashMap<>();
        for (int i = 0; i < row.columnCount(); i++) {
            ColumnShape column = table.columns().get(i);
            cells.add(row.cell(i));
            check(row.oldStart(i) <= row.oldEnd(i), "old slice");
            if (row.written(i)) {
                check(row.oldStart(i) < 0 && !row.changed(i), "a column written blindly has no old slice");
            } else if (row.changed(i)) {
                old.put(column.name(), row.oldCell(i));
            } else {
                check(row.oldStart(i) == row.cellStart(i), "the old slice of an unchanged column is the current one");
            }
        }
        int start = row.imageStart();
        int end = row.imageEnd();
        String array = new String(row.bytes(), start, end - start, StandardCharsets.UTF_8);
        check(
                array.equals(String.join(
                        ",", cells.stream().filter(cell -> !cell.isEmpty()).toList())),
                "the cells are contiguous");
        Row copy = new Row(table, row.op(), cells, old, array);
        rows.add(copy);
        last().rows.add(copy);
    }

    @Override
    public void ddl(DdlStatement statement) {
        check(open, "a statement outside of a transaction");
        if (statement.schema().equals(schema)) {
            ddl.add(statement);
            last().ddl.add(statement);
        }
    }

    @Override
    public void transactionEnded(TransactionEnd end) {
        check(open, "a transaction ends that is not open");
        open = false;
        last().end.add(end);
    }

    @Override
    public void positionMoved(String file, long offset) {
        moves.add(file + ":" + offset);
    }

    /** Reads until the condition holds; the reader's own time-out bounds the wait. */
    Collected readUntil(BinlogReader reader, BooleanSupplier condition) throws IOException {
        long limit = System.nanoTime() + patience().toNanos();
        while (!condition.getAsBoolean()) {
            check(
                    System.nanoTime() < limit,
                    "not found within " + patience() + ": " + rows.size() + " rows, " + ddl.size() + " DDL");
            reader.readNext(this);
        }
        return this;
    }

    Duration patience() {
        return Duration.ofMinutes(1);
    }

    Collected readRows(BinlogReader reader, int count) throws IOException {
        return readUntil(reader, () -> rows.size() >= count && !open);
    }

    /** The transactions that concern the schema. */
    List<Transaction> own() {
        return transactions.stream()
                .filter(each -> !each.rows.isEmpty() || !each.ddl.isEmpty())
                .toList();
    }

    private Transaction last() {
        return transactions.get(transactions.size() - 1);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
