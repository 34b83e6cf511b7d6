package dev.sluice.apply.write;

import dev.sluice.apply.collapse.Collapse;
import dev.sluice.apply.collapse.NetChange;
import dev.sluice.apply.sql.TablePlan;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.RowOp;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.WriteFailed;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one transaction and counts the rows that were not there. Not thread-safe. */
final class StatementRunner {
    private static final int DELETE_ROWS = 500;

    private final Statement statement;
    private final int maxRows;
    private final int maxBytes;
    private final LineBuffer sql = new LineBuffer(16_384);
    private final PartialUpdates updates;
    private long missing;
    private @Nullable Row current;

    /**
     * A runner.
     *
     * @param maxRows of one statement; 1 tells exactly which row fails
     * @param maxBytes after which a statement is closed
     */
    StatementRunner(Statement statement, int maxRows, int maxBytes) {
        this.statement = statement;
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
        updates = new PartialUpdates(statement);
    }

    /** Rows that updates and deletes did not find. */
    long missing() {
        return missing;
    }

    /** The last row given to the server. */
    @Nullable
    Row current() {
        return current == null ? updates.current() : current;
    }

    void run(Segment segment) throws SQLException, WriteFailed {
        TablePlan plan = segment.plan();
        List<Row> rows = segment.rows();
        if (plan.mode() == TablePlan.Mode.IN_ORDER) {
            inOrder(plan, rows);
            return;
        }
        for (int from = 0; from < rows.size(); ) {
            boolean part = isPart(rows.get(from));
            int to = from + 1;
            while (to < rows.size() && isPart(rows.get(to)) == part) {
                to++;
            }
            if (part) {
                current = null;
                updates.run(plan, rows.subList(from, to), maxRows, maxBytes);
            } else {
                collapsed(plan, rows.subList(from, to));
            }
            from = to;
        }
    }

    /** What an update left as it was is known only to the target. */
    private static boolean isPart(Row row) {
        return row.op() == RowOp.UPDATE && !row.complete();
    }

    private void collapsed(TablePlan plan, List<Row> rows) throws SQLException {
        List<Row> deletes = new ArrayList<>();
        List<Row> clears = new ArrayList<>();
        List<Row> changed = new ArrayList<>();
        List<Row> inserts = new ArrayList<>();
        boolean clearFirst = plan.mode() == TablePlan.Mode.DELETE_INSERT;
        for (NetChange change : Collapse.of(rows, plan.key())) {
            if (change.delete() || clearFirst) {
                (change.expected() ? deletes : clears).add(change.row());
            }
            if (!change.delete()) {
                (change.expected() && !clearFirst ? changed : inserts).add(change.row());
            }
        }
        long notFound = deletes.size() - delete(plan, deletes);
        // where a collation holds two keys equal, this may remove the row that an update is about
        long cleared = delete(plan, clears);
        notFound += insert(plan, changed, true);
        insert(plan, inserts, !clearFirst);
        missing += Math.max(0, notFound - cleared);
    }

    /** Returns how many rows went. */
    private long delete(TablePlan plan, List<Row> rows) throws SQLException {
        long affected = 0;
        int limit = Math.min(maxRows, DELETE_ROWS);
        for (int i = 0; i < rows.size(); ) {
            sql.clear();
            plan.deleteHead(sql);
            int first = i;
            for (; i < rows.size() && i - first < limit && (i == first || sql.length() < maxBytes); i++) {
                current = rows.get(i);
                plan.deleteRow(sql, rows.get(i), i == first);
            }
            plan.deleteTail(sql);
            affected += execute();
        }
        return affected;
    }

    /** Returns how many rows came new. */
    private long insert(TablePlan plan, List<Row> rows, boolean upsert) throws SQLException {
        long created = 0;
        for (int i = 0; i < rows.size(); ) {
            List<String> invalidEnums = plan.invalidEnums(rows.get(i));
            if (!invalidEnums.isEmpty()) {
                created += insertInvalidEnum(plan, rows.get(i++), upsert, invalidEnums);
                continue;
            }
            sql.clear();
            plan.insertHead(sql);
            int first = i;
            for (; i < rows.size() && i - first < maxRows; i++) {
                if (i > first
                        && (sql.length() >= maxBytes
                                || !plan.invalidEnums(rows.get(i)).isEmpty())) {
                    break;
                }
                current = rows.get(i);
                plan.insertRow(sql, rows.get(i), i == first);
            }
            created += finishInsert(plan, upsert, i - first);
        }
        return created;
    }

    private long finishInsert(TablePlan plan, boolean upsert, int rows) throws SQLException {
        if (!upsert) {
            return execute();
        }
        plan.upsertTail(sql);
        long affected = execute();
        if (rows == 1) {
            return affected == 1 ? 1 : 0;
        }
        return affected - 2 * ServerInfo.number(statement, "Duplicates", 0);
    }

    private long insertInvalidEnum(TablePlan plan, Row row, boolean upsert, List<String> columns) throws SQLException {
        current = row;
        sql.clear();
        plan.insertHead(sql);
        plan.insertRow(sql, row, true);
        return LenientMode.run(statement, columns, () -> finishInsert(plan, upsert, 1));
    }

    private void inOrder(TablePlan plan, List<Row> rows) throws SQLException {
        List<Row> inserts = new ArrayList<>();
        for (Row row : rows) {
            switch (row.op()) {
                case INSERT -> inserts.add(row);
                case SNAPSHOT -> {
                    insert(plan, inserts, false);
                    inserts.clear();
                    clearUniqueKey(plan, row);
                    inserts.add(row);
                }
                case UPDATE -> {
                    insert(plan, inserts, false);
                    inserts.clear();
                    current = row;
                    sql.clear();
                    if (plan.updateByContents(sql, row)) {
                        execute();
                        long absent = 1 - ServerInfo.number(statement, "Rows matched", 1);
                        missing += absent;
                        // a snapshot leaves out the copy of a row that changes: the change must bring the row
                        if (absent > 0 && row.complete() && clearUniqueKey(plan, row)) {
                            insert(plan, List.of(row), false);
                        }
                    }
                }
                case DELETE -> {
                    insert(plan, inserts, false);
                    inserts.clear();
                    current = row;
                    sql.clear();
                    plan.deleteByContents(sql, row);
                    missing += 1 - execute();
                }
            }
        }
        insert(plan, inserts, false);
    }

    /** Deletes what has the row's unique key; false if the row has none. */
    private boolean clearUniqueKey(TablePlan plan, Row row) throws SQLException {
        current = row;
        sql.clear();
        boolean unique = plan.deleteByUniqueKey(sql, row);
        if (unique) {
            execute();
        }
        return unique;
    }

    private long execute() throws SQLException {
        return statement.executeLargeUpdate(new String(sql.array(), 0, sql.length(), StandardCharsets.UTF_8));
    }
}
