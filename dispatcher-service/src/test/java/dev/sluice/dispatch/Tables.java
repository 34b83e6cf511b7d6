package dev.sluice.dispatch;

import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import java.util.List;

/** The tables of the tests: every one has columns id, version, email and note. */
final class Tables {
    static final List<Column> COLUMNS = List.of(
            new Column("id", "bigint"),
            new Column("version", "bigint"),
            new Column("email", "varchar(100)"),
            new Column("note", "text"));

    /** Nothing but a primary key. */
    static final TableLine ORDERS = table(1, "orders", List.of(0), List.of());

    /** A further unique key. */
    static final TableLine ACCOUNTS = table(2, "accounts", List.of(0), List.of(List.of(2)));

    /** No key at all. */
    static final TableLine JOURNAL = table(3, "journal", List.of(), List.of());

    /** In no mapping. */
    static final TableLine SECRETS = table(4, "secrets", List.of(0), List.of());

    static final List<TableLine> ALL = List.of(ORDERS, ACCOUNTS, JOURNAL, SECRETS);

    private Tables() {}

    static TableLine table(int number, String name, List<Integer> key, List<List<Integer>> unique) {
        return new TableLine(number, "shop", name, COLUMNS, key, unique, null, null);
    }

    static TableLine numbered(TableLine line, int number) {
        return new TableLine(
                number,
                line.schema(),
                line.name(),
                line.columns(),
                line.key(),
                line.unique(),
                line.target(),
                line.cache());
    }
}
