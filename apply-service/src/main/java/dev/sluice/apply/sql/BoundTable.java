package dev.sluice.apply.sql;

import dev.sluice.apply.collapse.NetChange;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.WriteFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as arrays of parameters, for a server that takes neither many rows in one statement nor long literals. An
 * upsert is an update and then an insert of what it did not find: it counts exactly and takes large objects.
 */
final class BoundTable implements TableStatements {
    private final TablePlan plan;
    private final BoundSql sql;

    BoundTable(TablePlan plan) {
        this.plan = plan;
        sql = new BoundSql(plan);
    }

    @Override
    public TablePlan plan() {
        return plan;
    }

    @Override
    public long delete(TargetTransaction transaction, List<NetChange> changes) throws SQLException {
        return delete(transaction, changes, true, sql.deleteByKeyBefore())
                + delete(transaction, changes, false, sql.deleteByKey());
    }

    private static long delete(TargetTransaction transaction, List<NetChange> changes, boolean gone, BoundSql.Text text)
            throws SQLException {
        List<Row> rows = changes.stream()
                .filter(change -> change.delete() == gone)
                .map(NetChange::row)
                .toList();
        return Arrays.stream(run(transaction, rows, row -> text)).sum();
    }

    @Override
    public void insert(TargetTransaction transaction, List<Row> rows) throws SQLException {
        run(transaction, rows, sql::insert);
    }

    @Override
    public long upsert(TargetTransaction transaction, List<Row> rows) throws SQLException {
        long[] found = run(transaction, rows, sql::overwrite);
        List<Row> fresh = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            if (found[i] == 0) {
                fresh.add(rows.get(i));
            }
        }
        insert(transaction, fresh);
        return fresh.size();
    }

    @Override
    public Set<Row> updateTogether(TargetTransaction transaction, List<Row> rows) {
        return Set.of();
    }

    @Override
    public void update(TargetTransaction transaction, List<Row> rows) throws SQLException, WriteFailed {
        long[] found = run(transaction, rows, sql::updateByKey);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == 0) {
                transaction.current(rows.get(i));
                transaction.notFound(rows.get(i));
            }
        }
    }

    @Override
    public boolean updateByContents(TargetTransaction transaction, Row row) throws SQLException {
        return run(transaction, List.of(row), sql::updateByContents)[0] > 0;
    }

    @Override
    public boolean deleteByContents(TargetTransaction transaction, Row row) throws SQLException {
        return run(transaction, List.of(row), sql::deleteByContents)[0] > 0;
    }

    @Override
    public void deleteAll(TargetTransaction transaction, Row row) throws SQLException {
        run(transaction, List.of(row), sql::deleteAll);
    }

    @Override
    public void deleteByUniqueKeys(TargetTransaction transaction, List<Row> rows) throws SQLException {
        if (!rows.isEmpty()) {
            for (List<Integer> unique : rows.get(0).table().unique()) {
                run(transaction, rows, row -> sql.deleteByUniqueKey(row, unique));
            }
        }
    }

    @Override
    public boolean deleteByUniqueKey(TargetTransaction transaction, Row row) throws SQLException {
        BoundSql.Text text = sql.deleteByUniqueKey(row);
        if (text == null) {
            return false;
        }
        run(transaction, List.of(row), each -> text);
        return true;
    }

    /** The statement for a row; null if there is nothing to do. */
    @FunctionalInterface
    private interface Shape {
        BoundSql.@Nullable Text of(Row row) throws SQLException;
    }

    /** Runs the rows' statements in order, those of one text in a row as one array; rows that each found. */
    private static long[] run(TargetTransaction transaction, List<Row> rows, Shape shape) throws SQLException {
        long[] found = new long[rows.size()];
        Arrays.fill(found, 1);
        for (int i = 0; i < rows.size(); ) {
            BoundSql.Text text = shape.of(rows.get(i));
            if (text == null) {
                i++;
                continue;
            }
            i = runArray(transaction, rows, i, shape, text, found);
        }
        return found;
    }

    /** Runs the rows from one on that have its text; where the next ones begin. */
    private static int runArray(
            TargetTransaction transaction, List<Row> rows, int first, Shape shape, BoundSql.Text text, long[] found)
            throws SQLException {
        Connection connection = transaction.connection();
        try (PreparedStatement statement = connection.prepareStatement(text.sql())) {
            int i = first;
            long bytes = 0;
            while (i < rows.size()
                    && i - first < transaction.maxRows()
                    && (i == first || bytes < transaction.maxBytes())) {
                Row row = rows.get(i);
                BoundSql.Text own = i == first ? text : shape.of(row);
                if (own == null || !own.sql().equals(text.sql())) {
                    break;
                }
                transaction.current(row);
                bytes += own.bind(statement, row);
                statement.addBatch();
                i++;
            }
            int[] counts = statement.executeBatch();
            for (int n = 0; n < counts.length; n++) {
                found[first + n] = counts[n];
            }
            return i;
        }
    }
}
