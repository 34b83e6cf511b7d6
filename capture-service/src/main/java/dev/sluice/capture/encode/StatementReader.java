package dev.sluice.capture.encode;

import dev.sluice.binlog.DdlStatement;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says of a source's statements what they do and to which tables. */
public final class StatementReader {
    private final Dialect server;

    public StatementReader(ServerVersion version) {
        server = Dialect.of(version.mariaDb(), version.major(), version.minor(), version.patch(), 0);
    }

    /** The line of a statement that is told by {@code sql}. */
    public DdlLine read(DdlStatement statement, String sql) {
        Dialect dialect = new Dialect(server.mariaDb(), server.version(), statement.sqlMode());
        Ddl ddl = DdlParser.parse(sql, statement.schema(), dialect);
        return new DdlLine(
                statement.schema(),
                sql,
                statement.timeMicros(),
                ddl.kind().name().toLowerCase(Locale.ROOT),
                tables(ddl),
                new DdlLine.Session(dialect.mariaDb(), dialect.version(), dialect.sqlMode()),
                null);
    }

    private static List<TableLine.Target> tables(Ddl ddl) {
        Set<TableName> names = new LinkedHashSet<>();
        if (ddl instanceof Ddl.Unreadable unreadable) {
            names.addAll(unreadable.tables());
        } else if (ddl instanceof Ddl.Tables changed) {
            for (TableChange change : changed.changes()) {
                names.add(change.table());
                if (change instanceof TableChange.Rename rename) {
                    names.add(rename.to());
                } else if (change instanceof TableChange.Exchange exchange) {
                    names.add(exchange.with());
                }
            }
        }
        return names.stream()
                .map(name -> new TableLine.Target(name.schema(), name.table()))
                .toList();
    }
}
