package dev.sluice.ddl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement does to one table. */
public sealed interface TableChange {
    /** The table it is about, by the name that it has before. */
    TableName table();

    /** The tables it changes, by the names before and after. */
    default List<TableName> changed() {
        if (this instanceof Rename rename) {
            return List.of(rename.table, rename.to);
        }
        return this instanceof Exchange exchange ? List.of(exchange.table, exchange.with) : List.of(table());
    }

    /**
     * A new table.
     *
     * @param others what it has besides, as it is written
     */
    record Create(
            TableName table,
            boolean ifNotExists,
            boolean orReplace,
            List<ColumnDefinition> columns,
            List<KeyDefinition> keys,
            TableCharset charset,
            @Nullable String comment,
            List<String> others)
            implements TableChange {}

    record CreateLike(TableName table, TableName like, boolean ifNotExists, boolean orReplace) implements TableChange {}

    /**
     * Columns, keys and character set all change at once; without actions if none of them does.
     *
     * @param others what else it does, as it is written
     */
    record Alter(TableName table, List<AlterAction> actions, List<String> others) implements TableChange {
        /** One that does nothing else. */
        public Alter(TableName table, List<AlterAction> actions) {
            this(table, actions, List.of());
        }
    }

    record Rename(TableName table, TableName to) implements TableChange {}

    record Drop(TableName table) implements TableChange {}

    record Truncate(TableName table) implements TableChange {}

    /** Rows that change places with those of a partition; both tables stay as they are. */
    record Exchange(TableName table, TableName with) implements TableChange {}
}
