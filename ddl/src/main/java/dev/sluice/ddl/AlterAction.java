package dev.sluice.ddl;

import org.jspecify.annotations.Nullable;

/** One thing that an ALTER TABLE does to columns, keys or character set; what else it does is left out. */
public sealed interface AlterAction {
    /**
     * A new column.
     *
     * @param place null for the end
     */
    record AddColumn(ColumnDefinition column, @Nullable Place place, boolean ifNotExists) implements AlterAction {}

    /**
     * A new definition for a column, perhaps under another name.
     *
     * @param place null to stay
     */
    record ChangeColumn(
            String name, ColumnDefinition column, @Nullable Place place, boolean ifExists) implements AlterAction {}

    record DropColumn(String name, boolean ifExists) implements AlterAction {}

    record RenameColumn(String from, String to, boolean ifExists) implements AlterAction {}

    record AddKey(KeyDefinition key, boolean ifNotExists) implements AlterAction {}

    record DropPrimaryKey() implements AlterAction {}

    record DropKey(String name, boolean ifExists) implements AlterAction {}

    /** A constraint that may be a unique key, a foreign key or a check. */
    record DropConstraint(String name) implements AlterAction {}

    record RenameKey(String from, String to) implements AlterAction {}

    /** All text columns get another character set, and columns defined from now on; the schema's if none is named. */
    record ConvertCharset(TableCharset charset) implements AlterAction {}

    /** Columns defined from now on get another character set. */
    record DefaultCharset(TableCharset charset) implements AlterAction {}
}
