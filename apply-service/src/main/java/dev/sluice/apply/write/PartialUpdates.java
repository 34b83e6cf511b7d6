package dev.sluice.apply.write;

import dev.sluice.apply.sql.TablePlan;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Updates rows of which the source's log holds only a part: one statement a row, in order, in the columns that are told,
 * many statements a round trip. A row that is not at the target cannot be made up and is refused. Not thread-safe.
 */
final class PartialUpdates {
    private final Statement statement;
    private final LineBuffer sql = new LineBuffer(16_384);
    private final List<Row> sent = new ArrayList<>();
    private @Nullable Row current;

    PartialUpdates(Statement statement) {
        this.statement = statement;
    }

    /** The last row that was given to the server or not found. */
    @Nullable
    Row current() {
        return current;
    }

    /** Runs the updates, at most {@code maxRows} and about {@code maxBytes} a round trip. */
    void run(TablePlan plan, List<Row> rows, int maxRows, int maxBytes) throws SQLException, WriteFailed {
        for (Row row : rows) {
            List<String> invalidEnums = plan.invalidEnums(row);
            if (!invalidEnums.isEmpty() || sent.size() >= maxRows || sql.length() >= maxBytes) {
                flush();
            }
            add(plan, row);
            if (!invalidEnums.isEmpty() && !sent.isEmpty()) {
                LenientMode.run(statement, invalidEnums, this::execute);
                verify(row, found());
                clear();
            }
        }
        flush();
    }

    private void add(TablePlan plan, Row row) {
        int before = sql.length();
        if (before > 0) {
            sql.put(';');
        }
        if (plan.updateByKey(sql, row)) {
            sent.add(row);
        } else {
            sql.truncate(before);
        }
    }

    private void flush() throws SQLException, WriteFailed {
        if (sent.isEmpty()) {
            return;
        }
        execute();
        for (int i = 0; i < sent.size(); i++) {
            if (i > 0) {
                current = sent.get(i);
                statement.getMoreResults();
            }
            verify(sent.get(i), found());
        }
        clear();
    }

    private long execute() throws SQLException {
        current = sent.get(0);
        statement.execute(new String(sql.array(), 0, sql.length(), StandardCharsets.UTF_8));
        return 0;
    }

    private long found() throws SQLException {
        return ServerInfo.number(statement, "Rows matched", 1);
    }

    private static void verify(Row row, long found) throws WriteFailed {
        if (found == 0) {
            throw new WriteFailed(new Failure.BadRow(
                    row,
                    "an update is about a row that is not at the target, and the source's binary log does not hold the"
                            + " whole row; snapshot the table, and run SET GLOBAL binlog_row_image=FULL on the source"
                            + " if rows may be missing at the target",
                    null));
        }
    }

    private void clear() {
        sql.clear();
        sent.clear();
    }
}
