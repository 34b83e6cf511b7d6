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
    private final TablePlan plan;
    private final TextSyntax syntax;
    private final TableText text;
    private final KeyDeletes deletes;
    private final @Nullable JoinedUpdates joined;

    TextTable(TablePlan plan, TextSyntax syntax) {
        this.plan = plan;
        this.syntax = syntax;
        text = new TableText(plan, syntax);
        deletes = new KeyDeletes(plan, text, syntax, text.key());
        joined = syntax.joinsLists() ? JoinedUpdates.of(plan, text) : null;
    }

    @Override
    public TablePlan plan() {
        return plan;
    }

    @Override
    public long delete(TargetTransaction transaction, List<NetChange> changes) throws SQLException {
        return deletes.run(transaction, changes);
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
        if (rows.isEmpty()) {
            return;
        }
        for (List<Integer> unique : rows.get(0).table().unique()) {
            List<TextColumn> columns = text.columns(unique);
            if (columns.size() == unique.size()) {
                new KeyDeletes(plan, text, syntax, columns)
                        .run(
                                transaction,
                                rows.stream()
                                        .filter(row -> TableText.valued(row, columns))
                                        .map(row -> new NetChange(row, false, true, false))
                                        .toList());
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
