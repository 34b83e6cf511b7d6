package dev.sluice.capture.schema;

import dev.sluice.binlog.DdlSearch;
import dev.sluice.binlog.DdlStatement;
import dev.sluice.binlog.FilePosition;
import dev.sluice.change.schema.TableVersion.Name;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.TableChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The statements between the place that is being read and the end of the log: what a table is now, it was then if none of
 * them changed it. Each part of the log is looked through once. Not thread-safe.
 */
final class DdlAhead {
    private record Found(DdlStatement statement, Ddl ddl) {
        FilePosition place() {
            return new FilePosition(statement.file(), statement.offset());
        }
    }

    private final DdlSearch search;
    private final Function<DdlStatement, Ddl> parser;
    private final List<Found> found = new ArrayList<>();
    private @Nullable FilePosition until;

    DdlAhead(DdlSearch search, Function<DdlStatement, Ddl> parser) {
        this.search = search;
        this.parser = parser;
    }

    /**
     * The first statement that changes a table.
     *
     * @param from where the transaction that is being read begins
     * @param read statements of that transaction that are in force already
     * @param to end of the log when the table was looked at
     */
    @Nullable
    DdlStatement changing(Name table, FilePosition from, int read, FilePosition to) throws IOException {
        look(from, to);
        return found.stream()
                .filter(each ->
                        each.place().compareTo(from) >= 0 && each.place().compareTo(to) < 0)
                .skip(read)
                .filter(each -> changes(each.ddl, table))
                .map(Found::statement)
                .findFirst()
                .orElse(null);
    }

    private void look(FilePosition from, FilePosition to) throws IOException {
        found.removeIf(each -> each.place().compareTo(from) < 0);
        FilePosition begin = until == null || until.compareTo(from) < 0 ? from : until;
        for (DdlStatement statement : search.between(begin, to)) {
            found.add(new Found(statement, parser.apply(statement)));
        }
        until = begin.compareTo(to) < 0 ? to : begin;
    }

    /** Names are compared without case, for some servers do so. */
    private static boolean changes(Ddl ddl, Name table) {
        if (ddl instanceof Ddl.Tables tables) {
            return tables.changes().stream().anyMatch(change -> changes(change, table));
        } else if (ddl instanceof Ddl.Unreadable unreadable) {
            return unreadable.tables().stream().anyMatch(each -> is(each.schema(), each.table(), table))
                    || unreadable.schemas().stream().anyMatch(table.schema()::equalsIgnoreCase);
        } else if (ddl instanceof Ddl.DropSchema drop) {
            return drop.schema().equalsIgnoreCase(table.schema());
        } else if (ddl instanceof Ddl.CreateSchema create) {
            return create.schema().equalsIgnoreCase(table.schema());
        } else if (ddl instanceof Ddl.AlterSchema alter) {
            // matters to whoever asks for the schema itself
            return table.table().isEmpty() && alter.schema().equalsIgnoreCase(table.schema());
        }
        return false;
    }

    private static boolean changes(TableChange change, Name table) {
        boolean shape = !(change instanceof TableChange.Truncate)
                && !(change instanceof TableChange.Exchange)
                && !(change instanceof TableChange.Alter alter
                        && alter.actions().isEmpty());
        boolean to = change instanceof TableChange.Rename rename
                && is(rename.to().schema(), rename.to().table(), table);
        return to || shape && is(change.table().schema(), change.table().table(), table);
    }

    private static boolean is(String schema, String table, Name other) {
        return schema.equalsIgnoreCase(other.schema()) && table.equalsIgnoreCase(other.table());
    }
}
