package dev.sluice.ddl;

import java.util.List;

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

    record Create(
            TableName table,
            boolean ifNotExists,
            boolean orReplace,
            List<ColumnDefinition> columns,
            List<KeyDefinition> keys,
            TableCharset charset)
            implements TableChange {}

    record CreateLike(TableName table, TableName like, boolean ifNotExists, boolean orReplace) implements TableChange {}

    /** Columns, keys and character set all change at once; without actions if none of them does. */
    record Alter(TableName table, List<AlterAction> actions) implements TableChange {}

    record Rename(TableName table, TableName to) implements TableChange {}

    record Drop(TableName table) implements TableChange {}

    record Truncate(TableName table) implements TableChange {}

    /** Rows that change places with those of a partition; both tables stay as they are. */
    record Exchange(TableName table, TableName with) implements TableChange {}
}
