package dev.sluice.capture.encode;

import dev.sluice.binlog.DdlStatement;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import java.util.Locale;

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
                ddl.tables().stream()
                        .map(name -> new TableLine.Target(name.schema(), name.table()))
                        .toList(),
                new DdlLine.Session(dialect.mariaDb(), dialect.version(), dialect.sqlMode()),
                null);
    }
}
