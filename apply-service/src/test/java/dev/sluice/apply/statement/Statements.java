package dev.sluice.apply.statement;

import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import java.util.List;

/** Statements as they come to a target with one partition. */
public final class Statements {
    private Statements() {}

    static DdlLine line(boolean mariaDb, String sql) {
        return line(mariaDb, sql, "");
    }

    public static DdlLine line(boolean mariaDb, String sql, String schema) {
        List<TableLine.Target> tables = DdlParser.parse(sql, schema, new Dialect(mariaDb, 80_015, 0)).tables().stream()
                .map(table -> new TableLine.Target(table.schema(), table.table()))
                .toList();
        return new DdlLine(
                schema,
                sql,
                1_700_000_000_000_000L,
                "alter",
                tables,
                new DdlLine.Session(mariaDb, 80_015, 0),
                new DdlLine.Barrier(7, List.of(2L)));
    }
}
