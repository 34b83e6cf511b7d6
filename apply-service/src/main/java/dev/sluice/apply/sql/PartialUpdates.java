package dev.sluice.apply.sql;

import dev.sluice.change.message.LineBuffer;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.WriteFailed;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Updates rows that must be at the target, in the columns that changed: one statement a row, in order, many statements a
 * round trip. Not thread-safe.
 */
final class PartialUpdates {
    private final TargetTransaction transaction;
    private final TableText text;
    private final TextSyntax syntax;
    private final Statement statement;
    private final LineBuffer sql;
    private final List<Row> sent = new ArrayList<>();

    PartialUpdates(TargetTransaction transaction, TableText text, TextSyntax syntax) {
        this.transaction = transaction;
        this.text = text;
        this.syntax = syntax;
        statement = transaction.statement();
        sql = transaction.sql();
        sql.clear();
    }

    void run(List<Row> rows) throws SQLException, WriteFailed {
        for (Row row : rows) {
            List<String> invalidEnums = text.invalidEnums(row);
            if (!invalidEnums.isEmpty() || sent.size() >= transaction.maxRows()) {
                flush();
            }
            add(row);
            if (!invalidEnums.isEmpty() && !sent.isEmpty()) {
                LenientMode.run(statement, invalidEnums, this::execute);
                verify(row);
                clear();
            }
        }
        flush();
    }

    private void add(Row row) throws SQLException, WriteFailed {
        transaction.current(row);
        int before = sql.length();
        if (before > 0) {
            sql.put(';');
        }
        if (!text.updateByKey(sql, row)) {
            sql.truncate(before);
        } else if (before > 0 && sql.length() >= transaction.maxBytes()) {
            sql.truncate(before);
            flush();
            add(row);
        } else {
            sent.add(row);
        }
    }

    private void flush() throws SQLException, WriteFailed {
        if (sent.isEmpty()) {
            return;
        }
        execute();
        for (int i = 0; i < sent.size(); i++) {
            if (i > 0) {
                transaction.current(sent.get(i));
                statement.getMoreResults();
            }
            verify(sent.get(i));
        }
        clear();
    }

    private long execute() throws SQLException {
        transaction.current(sent.get(0));
        statement.execute(transaction.text());
        return 0;
    }

    private void verify(Row row) throws SQLException, WriteFailed {
        if (syntax.found(statement) == 0) {
            transaction.notFound(row);
        }
    }

    private void clear() {
        sql.clear();
        sent.clear();
    }
}
