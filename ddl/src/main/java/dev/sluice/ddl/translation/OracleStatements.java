package dev.sluice.ddl.translation;

import static dev.sluice.ddl.translation.Quoted.quoted;

import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.StandardLiteral;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes statements for Oracle, which ends a transaction with each of them: a statement of the source becomes steps, each of
 * which is there whole or not at all. How many they are depends on the statement alone, so that who comes back to them knows
 * where to go on.
 */
public final class OracleStatements {
    static final int LONGEST_NAME = 128;

    private final OracleNames names;
    private final List<Step> steps = new ArrayList<>();

    /**
     * One statement.
     *
     * @param change what it does; null if doing it again does no harm
     */
    public record Step(String sql, @Nullable TableChange change) {}

    private OracleStatements(OracleNames names) {
        this.names = names;
    }

    /**
     * The statements that make a table: the first one makes it with all its keys, the others say what it is for.
     *
     * @throws NoTranslation if Oracle has nothing like it
     */
    public static List<String> create(NewTable table, OracleNames names) {
        OracleStatements all = new OracleStatements(names);
        TableName name = name(table);
        all.createTable(table.as(name).withKeys(key -> free(names, name, key)), null);
        return all.steps.stream().map(Step::sql).toList();
    }

    /** What a table that is made is called. */
    public static TableName name(NewTable table) {
        return OracleNames.UNKNOWN.fresh(new TableName(table.schema(), table.name()));
    }

    /**
     * The steps that do the same as a statement.
     *
     * @throws NoTranslation if something that it does has no counterpart
     */
    public static List<Step> of(Ddl.Tables ddl, OracleNames names) {
        OracleStatements all = new OracleStatements(names);
        ddl.changes().forEach(all::change);
        return List.copyOf(all.steps);
    }

    private void change(TableChange change) {
        if (change instanceof TableChange.Create create) {
            create(create);
        } else if (change instanceof TableChange.Alter alter) {
            steps.addAll(new OracleAlteration(names, alter.table()).all(alter));
        } else if (change instanceof TableChange.Rename rename) {
            rename(rename);
        } else if (change instanceof TableChange.Drop drop) {
            add("DROP TABLE " + quoted(names.table(drop.table())), drop);
        } else if (change instanceof TableChange.Truncate truncate) {
            add("TRUNCATE TABLE " + quoted(names.table(truncate.table())), truncate);
        } else if (change instanceof TableChange.CreateLike) {
            throw new NoTranslation("copies the definition of a table, which Oracle does without its keys");
        } else {
            throw new NoTranslation("exchanges the rows of a partition, which Oracle does in another way");
        }
    }

    private void create(TableChange.Create create) {
        create.others().forEach(other -> {
            throw new NoTranslation("has no counterpart for " + other);
        });
        if (create.orReplace()) {
            add("DROP TABLE " + quoted(names.table(create.table())), new TableChange.Drop(create.table()));
        }
        TableName name = create.orReplace() ? names.fresh(create.table()) : names.table(create.table());
        NewTable table = NewTable.of(create).as(name).withKeys(key -> free(names, name, key));
        createTable(table, create);
        for (KeyDefinition key : table.keys()) {
            if (key.kind() == KeyDefinition.Kind.PLAIN) {
                add(
                        "CREATE INDEX " + quoted(new TableName(name.schema(), keyName(name, key))) + " ON "
                                + quoted(name) + " " + parts(table, key),
                        OracleAlteration.adding(create.table(), key));
            }
        }
    }

    private void createTable(NewTable table, @Nullable TableChange change) {
        TableName name = new TableName(table.schema(), table.name());
        List<String> lines = new ArrayList<>();
        table.columns().forEach(column -> lines.add(column(column, table.inPrimaryKey(column.name()))));
        for (KeyDefinition key : table.keys()) {
            switch (key.kind()) {
                case PRIMARY -> lines.add("PRIMARY KEY " + parts(table, key));
                case UNIQUE -> lines.add("CONSTRAINT " + quoted(keyName(name, key)) + " UNIQUE " + parts(table, key));
                case PLAIN, FOREIGN -> {
                    // neither says which rows there may be
                }
            }
        }
        add("CREATE TABLE " + quoted(name) + " (" + String.join(", ", lines) + ")", change);
        if (table.comment() != null) {
            add("COMMENT ON TABLE " + quoted(name) + " IS " + StandardLiteral.of(table.comment()), null);
        }
        for (ColumnDefinition column : table.columns()) {
            if (column.details().comment() != null) {
                add(
                        comment(
                                name,
                                OracleNames.upper(column.name()),
                                column.details().comment()),
                        null);
            }
        }
    }

    private void rename(TableChange.Rename rename) {
        TableName from = names.table(rename.table());
        TableName to = names.fresh(rename.to());
        if (!from.schema().equals(to.schema())) {
            throw new NoTranslation("moves a table to another schema, which Oracle cannot");
        }
        add("ALTER TABLE " + quoted(from) + " RENAME TO " + quoted(to.table()), rename);
    }

    private void add(String sql, @Nullable TableChange change) {
        steps.add(new Step(sql, change));
    }

    static String column(ColumnDefinition column, boolean inPrimaryKey) {
        try {
            String type = OracleTypes.of(column);
            boolean nullable =
                    !inPrimaryKey && (!Boolean.FALSE.equals(column.nullable()) || OracleTypes.mayBeEmpty(type));
            return quoted(OracleNames.upper(column.name())) + " " + type + OracleTypes.defaultOf(column)
                    + (nullable ? "" : " NOT NULL");
        } catch (NoTranslation e) {
            throw new NoTranslation("column " + column.name() + ": " + e.getMessage());
        }
    }

    static String comment(TableName table, String column, @Nullable String comment) {
        return "COMMENT ON COLUMN " + quoted(table) + "." + quoted(column) + " IS "
                + StandardLiteral.of(comment == null ? "" : comment);
    }

    /** Where the beginnings of values differ, the values do. */
    private static String parts(NewTable table, KeyDefinition key) {
        return key.parts().stream()
                .map(part -> {
                    String column = NewTable.column(key, part);
                    if (OracleTypes.isLarge(OracleTypes.of(table.column(column)))) {
                        throw new NoTranslation("key " + key.name() + " holds column " + column
                                + ", which is a large object at Oracle");
                    }
                    return quoted(OracleNames.upper(column));
                })
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** The key under a name that no other table's has. */
    static KeyDefinition free(OracleNames names, TableName table, KeyDefinition key) {
        return key.kind() == KeyDefinition.Kind.PRIMARY ? key : key.named(names.free(table, key.called()));
    }

    static String keyName(TableName table, KeyDefinition key) {
        return OracleNames.keyName(table, key.called());
    }
}
