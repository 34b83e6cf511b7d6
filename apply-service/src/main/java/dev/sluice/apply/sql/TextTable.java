package dev.sluice.apply.sql;

import dev.sluice.apply.collapse.NetChange;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.WriteFailed;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes rows as literals of multi-row statements. */
final class TextTable implements TableStatements {
    private static final int DELETE_ROWS = 500;

    private final TablePlan plan;
    private final TextSyntax syntax;
    private final TableText text;
    private final @Nullable JoinedUpdates joined;

    TextTable(TablePlan plan, TextSyntax syntax) {
        this.plan = plan;
        this.syntax = syntax;
        text = new TableText(plan, syntax);
        joined = syntax.joinsUpdates() ? JoinedUpdates.of(plan, text) : null;
    }

    @Override
    public TablePlan plan() {
        return plan;
    }

    @Override
    public long delete(TargetTransaction transaction, List<NetChange> changes) throws SQLException {
        LineBuffer sql = transaction.sql();
        long affected = 0;
        int limit = Math.min(transaction.maxRows(), DELETE_ROWS);
        for (int i = 0; i < changes.size(); ) {
            sql.clear();
            text.deleteHead(sql);
            int first = i;
            for (; i < changes.size() && i - first < limit; i++) {
                transaction.current(changes.get(i).row());
                int before = sql.length();
                text.deleteKey(sql, changes.get(i), i == first);
                if (i > first && sql.length() >= transaction.maxBytes()) {
                    sql.truncate(before);
                    break;
                }
            }
            text.deleteTail(sql);
            affected += execute(transaction);
        }
        return affected;
    }

    @Override
    public void insert(TargetTransaction transaction, List<Row> rows) throws SQLException {
        insert(transaction, rows, false);
    }

    @Override
    public long upsert(TargetTransaction transaction, List<Row> rows) throws SQLException {
        return insert(transaction, rows, true);
    }

    /** Returns how many rows came new. */
    private long insert(TargetTransaction transaction, List<Row> rows, boolean upsert) throws SQLException {
        long created = 0;
        for (int i = 0; i < rows.size(); ) {
            List<String> invalidEnums = text.invalidEnums(rows.get(i));
            if (invalidEnums.isEmpty()) {
                int count = collect(transaction, rows, i, upsert);
                created += execute(transaction, upsert, count);
                i += count;
            } else {
                collect(transaction, rows.subList(i, i + 1), 0, upsert);
                created +=
                        LenientMode.run(transaction.statement(), invalidEnums, () -> execute(transaction, upsert, 1));
                i++;
            }
        }
        return created;
    }

    /** Writes an insert of as many rows as fit, at least one; how many those are. */
    private int collect(TargetTransaction transaction, List<Row> rows, int first, boolean upsert) throws SQLException {
        LineBuffer sql = transaction.sql();
        sql.clear();
        text.insertHead(sql, upsert);
        int maxBytes = transaction.maxBytes() - (upsert ? text.upsertTailBytes() : 0);
        int i = first;
        for (; i < rows.size() && i - first < transaction.maxRows(); i++) {
            Row row = rows.get(i);
            if (i > first && !text.invalidEnums(row).isEmpty()) {
                break;
            }
            transaction.current(row);
            int before = sql.length();
            text.insertRow(sql, row, i == first);
            if (i > first && sql.length() >= maxBytes) {
                sql.truncate(before);
                break;
            }
        }
        if (upsert) {
            text.upsertTail(sql);
        }
        return i - first;
    }

    private long execute(TargetTransaction transaction, boolean upsert, int rows) throws SQLException {
        return upsert ? syntax.upsert(transaction.statement(), transaction.text(), rows) : execute(transaction);
    }

    @Override
    public Set<Row> updateTogether(TargetTransaction transaction, List<Row> rows) throws SQLException {
        return joined == null ? Set.of() : joined.run(transaction, rows);
    }

    @Override
    public void update(TargetTransaction transaction, List<Row> rows) throws SQLException, WriteFailed {
        new PartialUpdates(transaction, text, syntax).run(rows);
    }

    @Override
    public boolean updateByContents(TargetTransaction transaction, Row row) throws SQLException {
        begin(transaction, row);
        if (!text.updateByContents(transaction.sql(), row)) {
            return true;
        }
        execute(transaction);
        return syntax.found(transaction.statement()) > 0;
    }

    @Override
    public boolean deleteByContents(TargetTransaction transaction, Row row) throws SQLException {
        begin(transaction, row);
        text.deleteByContents(transaction.sql(), row);
        return execute(transaction) > 0;
    }

    @Override
    public void deleteAll(TargetTransaction transaction, Row row) throws SQLException {
        begin(transaction, row);
        text.deleteAll(transaction.sql(), row);
        execute(transaction);
    }

    @Override
    public void deleteByUniqueKeys(TargetTransaction transaction, List<Row> rows) throws SQLException {
        if (!rows.isEmpty()) {
            for (List<Integer> unique : rows.get(0).table().unique()) {
                deleteByUniqueKey(transaction, rows, unique);
            }
        }
    }

    private void deleteByUniqueKey(TargetTransaction transaction, List<Row> rows, List<Integer> unique)
            throws SQLException {
        LineBuffer sql = transaction.sql();
        int limit = Math.min(transaction.maxRows(), DELETE_ROWS);
        for (int i = 0; i < rows.size(); ) {
            sql.clear();
            int conditions = 0;
            for (; i < rows.size() && conditions < limit; i++) {
                transaction.current(rows.get(i));
                int before = sql.length();
                conditions += text.deleteByUniqueKey(sql, rows.get(i), unique, conditions == 0) ? 1 : 0;
                if (before > 0 && sql.length() >= transaction.maxBytes()) {
                    sql.truncate(before);
                    break;
                }
            }
            if (sql.length() > 0) {
                execute(transaction);
            }
        }
    }

    @Override
    public boolean deleteByUniqueKey(TargetTransaction transaction, Row row) throws SQLException {
        begin(transaction, row);
        boolean unique = text.deleteByUniqueKey(transaction.sql(), row);
        if (unique) {
            execute(transaction);
        }
        return unique;
    }

    private static void begin(TargetTransaction transaction, Row row) {
        transaction.current(row);
        transaction.sql().clear();
    }

    private static long execute(TargetTransaction transaction) throws SQLException {
        return transaction.statement().executeLargeUpdate(transaction.text());
    }
}
