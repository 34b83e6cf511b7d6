package dev.sluice.apply.write;

import dev.sluice.apply.collapse.Collapse;
import dev.sluice.apply.collapse.NetChange;
import dev.sluice.apply.sql.TablePlan;
import dev.sluice.apply.sql.TableStatements;
import dev.sluice.apply.sql.TargetTransaction;
import dev.sluice.change.message.RowOp;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.WriteFailed;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs the statements of one transaction and counts the rows that were not there. Not thread-safe. */
final class StatementRunner {
    private final TargetTransaction transaction;

    StatementRunner(TargetTransaction transaction) {
        this.transaction = transaction;
    }

    /** Rows that updates and deletes did not find. */
    long missing() {
        return transaction.missing();
    }

    void run(Segment segment) throws SQLException, WriteFailed {
        TableStatements table = segment.table();
        List<Row> rows = segment.rows();
        if (table.plan().mode() == TablePlan.Mode.IN_ORDER) {
            inOrder(table, rows);
            return;
        }
        for (int from = 0; from < rows.size(); ) {
            boolean part = mustBeThere(rows.get(from));
            int to = from + 1;
            while (to < rows.size() && mustBeThere(rows.get(to)) == part) {
                to++;
            }
            if (part) {
                inPart(table, rows.subList(from, to));
            } else {
                collapsed(table, rows.subList(from, to));
            }
            from = to;
        }
    }

    /** What an update left as it was is known only to the target, or it shall not make up what is missing. */
    private boolean mustBeThere(Row row) {
        return row.op() == RowOp.UPDATE && (!row.complete() || !transaction.upserts());
    }

    private void inPart(TableStatements table, List<Row> rows) throws SQLException, WriteFailed {
        Set<Row> done = together(table, Collapse.of(rows, table.plan().key()));
        table.update(
                transaction, rows.stream().filter(row -> !done.contains(row)).toList());
    }

    /** Carries out the updates that can go together; rows of other keys do not matter to them. */
    private Set<Row> together(TableStatements table, List<NetChange> changes) throws SQLException {
        return table.updateTogether(
                transaction,
                changes.stream()
                        .filter(StatementRunner::tellsAll)
                        .map(NetChange::row)
                        .toList());
    }

    private void collapsed(TableStatements table, List<Row> rows) throws SQLException, WriteFailed {
        List<NetChange> deletes = new ArrayList<>();
        List<NetChange> clears = new ArrayList<>();
        List<Row> changed = new ArrayList<>();
        List<Row> inserts = new ArrayList<>();
        boolean clearFirst = table.plan().mode() == TablePlan.Mode.DELETE_INSERT;
        List<NetChange> changes = Collapse.of(rows, table.plan().key());
        Set<Row> done = together(table, changes);
        for (NetChange change : changes) {
            if (done.contains(change.row())) {
                continue;
            }
            if (change.delete() || clearFirst) {
                (change.expected() ? deletes : clears).add(change);
            }
            if (!change.delete()) {
                (change.expected() && !clearFirst ? changed : inserts).add(change.row());
            }
        }
        long notFound = deletes.size() - table.delete(transaction, deletes);
        // where a collation holds two keys equal, this may remove the row that an update is about
        long cleared = table.delete(transaction, clears);
        notFound += table.upsert(transaction, changed);
        if (clearFirst) {
            // whoever holds their unique values now got them later, and so comes again behind them
            if (inserts.stream().anyMatch(Row::again)) {
                table.deleteByUniqueKeys(
                        transaction, inserts.stream().filter(Row::again).toList());
            }
            table.insert(transaction, inserts);
        } else {
            table.upsert(transaction, inserts);
        }
        transaction.missing(Math.max(0, notFound - cleared), rows.get(rows.size() - 1));
    }

    /** Whether the target, if it is as the source was before the batch, lacks only what this row changed. */
    private static boolean tellsAll(NetChange change) {
        return !change.delete()
                && change.alone()
                && change.row().op() == RowOp.UPDATE
                && !change.row().again();
    }

    private void inOrder(TableStatements table, List<Row> rows) throws SQLException, WriteFailed {
        List<Row> inserts = new ArrayList<>();
        for (Row row : rows) {
            if (row.op() == RowOp.INSERT) {
                inserts.add(row);
                continue;
            }
            table.insert(transaction, inserts);
            inserts.clear();
            switch (row.op()) {
                case EMPTY -> table.deleteAll(transaction, row);
                case SNAPSHOT -> {
                    table.deleteByUniqueKey(transaction, row);
                    inserts.add(row);
                }
                case UPDATE -> {
                    if (!table.updateByContents(transaction, row)) {
                        transaction.missing(1, row);
                        // a snapshot leaves out the copy of a row that changes: the change must bring the row
                        if (row.complete() && transaction.upserts() && table.deleteByUniqueKey(transaction, row)) {
                            table.insert(transaction, List.of(row));
                        }
                    }
                }
                default -> {
                    if (!table.deleteByContents(transaction, row)) {
                        transaction.missing(1, row);
                    }
                }
            }
        }
        table.insert(transaction, inserts);
    }
}
