package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.message.RowOp;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table (a INT, b VARCHAR) whose rows nothing tells apart, at its source and in the log. */
final class KeylessTable {
    private KeylessTable() {}

    /** Rows of which many are the same. */
    static void fill(DatabaseServer server, String schema, String table, int rows) {
        server.execute("CREATE TABLE " + schema + "." + table + " (a INT, b VARCHAR(40))");
        for (int from = 0; from < rows; from += 1_000) {
            StringBuilder insert = new StringBuilder("INSERT INTO " + schema + "." + table + " VALUES ");
            for (int i = from; i < from + 1_000; i++) {
                insert.append(i == from ? "" : ",")
                        .append(i % 11 == 0 ? "(NULL,NULL)" : "(" + i % 500 + ",'b" + i % 3 + "')");
            }
            server.execute(insert.toString());
        }
    }

    static long begun(LogReader log, String table) {
        return log.rows(table).stream()
                .filter(entry -> entry.op() == RowOp.EMPTY)
                .count();
    }

    /** Copied rows behind the n-th beginning. */
    static long rows(LogReader log, String table, long beginning) {
        long begun = 0;
        long rows = 0;
        for (LogReader.Entry entry : log.rows(table)) {
            begun += entry.op() == RowOp.EMPTY ? 1 : 0;
            rows += entry.op() == RowOp.SNAPSHOT && begun == beginning ? 1 : 0;
        }
        return rows;
    }

    /** Each row and how often it is there, as the log leads to it from the last beginning on: nothing may miss its row. */
    static Map<List<@Nullable String>, Integer> contents(LogReader log, String table) {
        Map<List<@Nullable String>, Integer> rows = new HashMap<>();
        long beginnings = begun(log, table);
        long begun = 0;
        for (LogReader.Entry entry : log.rows(table)) {
            begun += entry.op() == RowOp.EMPTY ? 1 : 0;
            if (begun < beginnings || entry.op() == RowOp.EMPTY) {
                continue;
            }
            if (entry.op() == RowOp.UPDATE || entry.op() == RowOp.DELETE) {
                List<@Nullable String> before = new ArrayList<>(entry.cells());
                if (entry.op() == RowOp.UPDATE && entry.firstCellBefore() != null) {
                    before.set(0, entry.firstCellBefore());
                }
                assertThat(rows).as("%s finds its row", entry).containsKey(before);
                rows.merge(before, -1, (a, b) -> a + b == 0 ? null : a + b);
            }
            if (entry.op() != RowOp.DELETE) {
                rows.merge(entry.cells(), 1, Integer::sum);
            }
        }
        return rows;
    }

    static Map<List<@Nullable String>, Integer> contents(DatabaseServer server, String table) throws SQLException {
        Map<List<@Nullable String>, Integer> rows = new HashMap<>();
        try (Connection connection = server.connect(table.substring(0, table.indexOf('.')));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT a, b FROM " + table)) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                row.add(result.getString(1));
                row.add(result.getString(2));
                rows.merge(row, 1, Integer::sum);
            }
        }
        return rows;
    }
}
