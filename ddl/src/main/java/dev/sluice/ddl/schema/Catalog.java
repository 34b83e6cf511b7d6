package dev.sluice.ddl.schema;

import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of a server, followed from statement to statement. A table that a statement leaves unknown is forgotten and
 * told, and has to be read from the server before it is put again. Not thread-safe.
 */
public final class Catalog {
    private final ServerRules rules;
    private final Map<TableName, TableSchema> tables = new HashMap<>();
    private final Map<String, String> collations = new HashMap<>();

    public Catalog(ServerRules rules) {
        this.rules = rules;
    }

    /** A table as the server has it. */
    public void put(TableSchema table) {
        TableName key = key(table.name());
        tables.put(key, table.named(key));
    }

    /** A table that is not known any more. */
    public void forget(TableName name) {
        tables.remove(key(name));
    }

    /** A schema as the server has it, with its default collation. */
    public void putSchema(String schema, String collation) {
        collations.put(fold(schema), collation);
    }

    /** The table, if it is known. */
    public Optional<TableSchema> table(TableName name) {
        return Optional.ofNullable(tables.get(key(name)));
    }

    /** All that is known. */
    public Map<TableName, TableSchema> tables() {
        return Map.copyOf(tables);
    }

    /**
     * Follows a statement.
     *
     * @param serverCollation for a schema that names none
     * @return the tables that are not known any more
     */
    public Set<TableName> apply(Ddl ddl, String serverCollation) {
        Set<TableName> unknown = new HashSet<>();
        if (ddl instanceof Ddl.Tables changed) {
            changed.changes().forEach(change -> apply(change, unknown));
        } else if (ddl instanceof Ddl.CreateSchema create) {
            String schema = fold(create.schema());
            if (create.orReplace()) {
                tables.keySet().removeIf(table -> table.schema().equals(schema));
            }
            if (!create.ifNotExists() || !collations.containsKey(schema)) {
                collations.put(schema, rules.charsets().collation(create.charset(), serverCollation));
            }
        } else if (ddl instanceof Ddl.AlterSchema alter) {
            collations.computeIfPresent(
                    fold(alter.schema()), (schema, before) -> rules.charsets().collation(alter.charset(), before));
        } else if (ddl instanceof Ddl.DropSchema drop) {
            String schema = fold(drop.schema());
            tables.keySet().removeIf(table -> table.schema().equals(schema));
            collations.remove(schema);
        } else if (ddl instanceof Ddl.Unreadable unreadable) {
            unreadable.tables().forEach(table -> forget(key(table), unknown));
            for (String schema : unreadable.schemas()) {
                if (unreadable.tables().isEmpty()) {
                    collations.remove(fold(schema));
                }
                for (TableName table : Set.copyOf(tables.keySet())) {
                    if (table.schema().equals(fold(schema))) {
                        forget(table, unknown);
                    }
                }
            }
        }
        return unknown;
    }

    private void apply(TableChange change, Set<TableName> unknown) {
        TableName name = key(change.table());
        if (change instanceof TableChange.Create create) {
            if (!create.ifNotExists() || !tables.containsKey(name)) {
                keep(name, create(create), unknown);
            }
        } else if (change instanceof TableChange.CreateLike create) {
            if (!create.ifNotExists() || !tables.containsKey(name)) {
                keep(name, table(create.like()), unknown);
            }
        } else if (change instanceof TableChange.Alter alter) {
            if (!alter.actions().isEmpty()) {
                keep(name, table(name).flatMap(table -> table.apply(alter, rules)), unknown);
            }
        } else if (change instanceof TableChange.Rename rename) {
            Optional<TableSchema> table = table(name);
            tables.remove(name);
            keep(key(rename.to()), table, unknown);
        } else if (change instanceof TableChange.Drop) {
            tables.remove(name);
        }
    }

    private Optional<TableSchema> create(TableChange.Create create) {
        try {
            return collation(create.table()).map(collation -> TableSchema.created(create, collation, rules));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<String> collation(TableName table) {
        return Optional.ofNullable(collations.get(fold(table.schema())));
    }

    private void keep(TableName name, Optional<TableSchema> table, Set<TableName> unknown) {
        if (table.isPresent()) {
            tables.put(name, table.get().named(name));
            unknown.remove(name);
        } else {
            forget(name, unknown);
        }
    }

    private void forget(TableName name, Set<TableName> unknown) {
        tables.remove(name);
        unknown.add(name);
    }

    private TableName key(TableName name) {
        return rules.foldsNames() ? new TableName(fold(name.schema()), fold(name.table())) : name;
    }

    private String fold(String name) {
        return rules.foldsNames() ? name.toLowerCase(Locale.ROOT) : name;
    }
}
