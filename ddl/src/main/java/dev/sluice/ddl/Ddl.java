package dev.sluice.ddl;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a statement does to tables and schemas, as far as it matters to whoever follows them. */
public sealed interface Ddl {
    /** A statement that changes no table: views, triggers, accounts, temporary tables, maintenance. */
    record Irrelevant() implements Ddl {}

    /**
     * A statement about tables that is not understood: what it changes is unknown.
     *
     * @param tables the tables that it seems to change
     * @param schemas schemas of which it may have changed any table
     */
    record Unreadable(Set<TableName> tables, Set<String> schemas, String reason) implements Ddl {}

    /** Changed tables, in this order. */
    record Tables(DdlKind kind, List<TableChange> changes) implements Ddl {
        /** Those it changes, and those it makes copies of. */
        public Set<TableName> named() {
            Set<TableName> names = new LinkedHashSet<>(tables());
            for (TableChange change : changes) {
                if (change instanceof TableChange.CreateLike create) {
                    names.add(create.like());
                }
            }
            return names;
        }
    }

    record CreateSchema(String schema, TableCharset charset, boolean ifNotExists, boolean orReplace) implements Ddl {}

    record AlterSchema(String schema, TableCharset charset) implements Ddl {}

    record DropSchema(String schema) implements Ddl {}

    /** The tables that it changes or seems to change, by the names before and after. */
    default Set<TableName> tables() {
        Set<TableName> tables = new LinkedHashSet<>();
        if (this instanceof Tables changed) {
            changed.changes.forEach(change -> tables.addAll(change.changed()));
        }
        return tables;
    }

    /** What kind of statement it is, by one word. */
    default DdlKind kind() {
        if (this instanceof Tables changed) {
            return changed.kind;
        } else if (this instanceof Irrelevant) {
            return DdlKind.OTHER;
        }
        return this instanceof Unreadable ? DdlKind.UNKNOWN : DdlKind.SCHEMA;
    }
}
