package dev.sluice.ddl.translation;

import static dev.sluice.ddl.translation.Quoted.quoted;

import dev.sluice.ddl.AlterAction;
import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.StandardLiteral;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes statements for PostgreSQL, which are all meant for one transaction. Indexes have names of their own there, for one
 * namespace holds those of all tables; the source's name is the index's comment, by which it is found again.
 */
public final class PostgresStatements {
    /** Of 63 bytes some are left for what makes a name another than those that are there. */
    private static final int LONGEST_NAME = 50;

    private static final Set<String> TEXTS = Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");
    private static final Set<String> BYTES =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

    private final Names names;
    private final List<String> statements = new ArrayList<>();

    private PostgresStatements(Names names) {
        this.names = names;
    }

    /** The statements that make a table with its keys. */
    public static List<String> create(NewTable table) {
        PostgresStatements all = new PostgresStatements(Names.SAME);
        all.createTable(table);
        return all.statements;
    }

    /**
     * The statements that do the same.
     *
     * @throws NoTranslation if something that it does has no counterpart
     */
    public static List<String> of(Ddl.Tables ddl, Names names) {
        PostgresStatements all = new PostgresStatements(names);
        ddl.changes().forEach(all::change);
        return all.statements;
    }

    private void change(TableChange change) {
        if (change instanceof TableChange.Create create) {
            create.others().forEach(other -> {
                throw new NoTranslation("has no counterpart for " + other);
            });
            replaced(create.orReplace(), create.table());
            createTable(NewTable.of(create).as(names.table(create.table())));
        } else if (change instanceof TableChange.CreateLike like) {
            replaced(like.orReplace(), like.table());
            add("CREATE TABLE " + quoted(names.table(like.table())) + " (LIKE " + quoted(names.table(like.like()))
                    + " INCLUDING ALL)");
        } else if (change instanceof TableChange.Alter alter) {
            new Alteration(names.table(alter.table())).all(alter);
        } else if (change instanceof TableChange.Rename rename) {
            rename(
                    names.table(rename.table()),
                    new TableName(
                            names.schema(rename.to().schema()), rename.to().table()));
        } else if (change instanceof TableChange.Drop drop) {
            add("DROP TABLE IF EXISTS " + quoted(names.table(drop.table())));
        } else if (change instanceof TableChange.Truncate truncate) {
            add("TRUNCATE TABLE " + quoted(names.table(truncate.table())));
        } else {
            throw new NoTranslation("exchanges the rows of a partition, which PostgreSQL does in another way");
        }
    }

    private void replaced(boolean orReplace, TableName table) {
        if (orReplace) {
            add("DROP TABLE IF EXISTS " + quoted(names.table(table)));
        }
    }

    private void rename(TableName from, TableName to) {
        if (!from.schema().equals(to.schema())) {
            add("ALTER TABLE " + quoted(from) + " SET SCHEMA " + quoted(to.schema()));
        }
        if (!from.table().equals(to.table())) {
            add("ALTER TABLE " + quoted(new TableName(to.schema(), from.table())) + " RENAME TO " + quoted(to.table()));
        }
    }

    private void createTable(NewTable table) {
        TableName name = new TableName(table.schema(), table.name());
        List<String> lines = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            lines.add(column(column, table.inPrimaryKey(column.name())));
        }
        table.keys().stream()
                .filter(key -> key.kind() == KeyDefinition.Kind.PRIMARY)
                .forEach(key -> lines.add("PRIMARY KEY " + wholeColumns(key)));
        add("CREATE TABLE " + quoted(name) + " (\n  " + String.join(",\n  ", lines) + "\n)");
        for (KeyDefinition key : table.keys()) {
            if (key.kind() == KeyDefinition.Kind.UNIQUE || key.kind() == KeyDefinition.Kind.PLAIN) {
                index(name, key, called -> table.column(called).type());
            }
        }
        if (table.comment() != null) {
            add("COMMENT ON TABLE " + quoted(name) + " IS " + StandardLiteral.of(table.comment()));
        }
        table.columns().forEach(column -> comment(name, column));
    }

    private static String column(ColumnDefinition column, boolean inPrimaryKey) {
        try {
            boolean nullable = !Boolean.FALSE.equals(column.nullable()) && !inPrimaryKey;
            return quoted(column.name()) + " " + PostgresTypes.of(column) + (nullable ? "" : " NOT NULL")
                    + PostgresTypes.defaultOf(column);
        } catch (NoTranslation e) {
            throw new NoTranslation("column " + column.name() + ": " + e.getMessage());
        }
    }

    private void comment(TableName table, ColumnDefinition column) {
        if (column.details().comment() != null) {
            add("COMMENT ON COLUMN " + quoted(table) + "." + quoted(column.name()) + " IS "
                    + StandardLiteral.of(column.details().comment()));
        }
    }

    private interface Types {
        /** The source's type of a column; empty if it is not known. */
        String of(String column);
    }

    /** Under a name that nothing else has: a table that was renamed still has indexes of its first name. */
    private void index(TableName table, KeyDefinition key, Types types) {
        String called = key.called();
        String first = StandardLiteral.of(ShortName.of(table.table() + "_" + called, LONGEST_NAME) + "_idx");
        String parts =
                key.parts().stream().map(part -> part(part, key, types)).collect(Collectors.joining(", ", "(", ")"));
        String create = "CREATE " + (key.kind() == KeyDefinition.Kind.UNIQUE ? "UNIQUE " : "") + "INDEX ";
        String schema = quoted(table.schema()) + ".";
        block("DECLARE k name := " + first + "; n int := 0; BEGIN IF EXISTS (" + indexes(table, called)
                + ") THEN RAISE duplicate_table USING MESSAGE = 'there is an index ' || " + StandardLiteral.of(called)
                + "; END IF; WHILE to_regclass(" + StandardLiteral.of(schema)
                + " || quote_ident(k)) IS NOT NULL LOOP n := n + 1; k := " + first + " || n; END LOOP; EXECUTE "
                + StandardLiteral.of(create) + " || quote_ident(k) || "
                + StandardLiteral.of(" ON " + quoted(table) + " " + parts) + "; EXECUTE "
                + StandardLiteral.of("COMMENT ON INDEX " + schema) + " || quote_ident(k) || "
                + StandardLiteral.of(" IS " + StandardLiteral.of(called)) + "; END");
    }

    /** The query for the indexes of a table that have the source's name, or such a one of their own. */
    private static String indexes(TableName table, String called) {
        String name = StandardLiteral.of(called);
        return "SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = "
                + regclass(table) + " AND (obj_description(c.oid, 'pg_class') = " + name + " OR c.relname = " + name
                + ")";
    }

    private static String regclass(TableName table) {
        return StandardLiteral.of(quoted(table)) + "::regclass";
    }

    private void block(String body) {
        add("DO " + StandardLiteral.of(body));
    }

    private static String part(KeyDefinition.Part part, KeyDefinition key, Types types) {
        String column = NewTable.column(key, part);
        if (part.prefix() == 0) {
            return quoted(column);
        }
        String type = types.of(column);
        if (TEXTS.contains(type)) {
            return "left(" + quoted(column) + ", " + part.prefix() + ")";
        } else if (BYTES.contains(type)) {
            return "substring(" + quoted(column) + " from 1 for " + part.prefix() + ")";
        }
        throw new NoTranslation("key " + key.name() + " holds the beginning of column " + column
                + ", whose type the statement does not tell");
    }

    /** Where the beginnings of values differ, the values do. */
    private static String wholeColumns(KeyDefinition key) {
        return key.parts().stream()
                .map(part -> quoted(String.valueOf(part.column())))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private void add(String sql) {
        statements.add(sql);
    }

    /** What an ALTER TABLE does to one table. */
    private final class Alteration {
        private final TableName table;
        private final String alter;

        Alteration(TableName table) {
            this.table = table;
            alter = "ALTER TABLE " + quoted(table) + " ";
        }

        void all(TableChange.Alter change) {
            Harmless.require(change.others());
            // what goes goes first, so that its name may come again
            change.actions().forEach(this::drop);
            change.actions().forEach(this::changeColumn);
            change.actions().forEach(this::addOne);
        }

        private void drop(AlterAction action) {
            if (action instanceof AlterAction.DropKey key) {
                byComment(key.name(), key.ifExists(), "DROP INDEX ", "");
            } else if (action instanceof AlterAction.DropConstraint constraint) {
                throw new NoTranslation(
                        "drops constraint " + constraint.name() + ", of which it does not tell the kind");
            } else if (action instanceof AlterAction.DropPrimaryKey) {
                block("DECLARE k name; BEGIN SELECT conname INTO STRICT k FROM pg_constraint WHERE conrelid = "
                        + regclass(table) + " AND contype = 'p'; EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', "
                        + regclass(table) + ", k); END");
            } else if (action instanceof AlterAction.DropColumn column) {
                add(alter + "DROP COLUMN " + (column.ifExists() ? "IF EXISTS " : "") + quoted(there(column.name())));
            }
        }

        private void changeColumn(AlterAction action) {
            if (action instanceof AlterAction.RenameColumn column) {
                add(alter + "RENAME COLUMN " + quoted(there(column.from())) + " TO " + quoted(column.to()));
            } else if (action instanceof AlterAction.RenameKey key) {
                byComment(key.from(), false, "COMMENT ON INDEX ", " IS " + StandardLiteral.of(key.to()));
            } else if (action instanceof AlterAction.ChangeColumn column) {
                String now = there(column.name());
                if (!column.name().equalsIgnoreCase(column.column().name())) {
                    add(alter + "RENAME COLUMN " + quoted(now) + " TO "
                            + quoted(column.column().name()));
                    now = column.column().name();
                }
                redefine(now, column.column());
            }
        }

        private void redefine(String name, ColumnDefinition column) {
            ColumnDefinition named = column.named(name);
            // checks it, and says of which column it speaks
            column(named, false);
            String type = PostgresTypes.of(named);
            String at = alter + "ALTER COLUMN " + quoted(name) + " ";
            add(at + "DROP DEFAULT");
            add(at + "TYPE " + type + " USING " + quoted(name) + "::" + type);
            if (Boolean.FALSE.equals(column.nullable())) {
                add(at + "SET NOT NULL");
            } else {
                // a column of the primary key stays as it is
                block("BEGIN " + at + "DROP NOT NULL; EXCEPTION WHEN invalid_table_definition THEN NULL; END");
            }
            String value = PostgresTypes.defaultOf(named);
            if (!value.isEmpty()) {
                add(at + "SET" + value);
            }
            add("COMMENT ON COLUMN " + quoted(table) + "." + quoted(name) + " IS "
                    + (column.details().comment() == null
                            ? "NULL"
                            : StandardLiteral.of(column.details().comment())));
        }

        private void addOne(AlterAction action) {
            if (action instanceof AlterAction.AddColumn add) {
                add(alter + "ADD COLUMN " + (add.ifNotExists() ? "IF NOT EXISTS " : "")
                        + column(forRowsThatAreThere(add.column()), false));
                comment(table, add.column());
            } else if (action instanceof AlterAction.AddKey add) {
                key(add.key());
            }
        }

        private void key(KeyDefinition key) {
            switch (key.kind()) {
                case PRIMARY -> add(alter + "ADD PRIMARY KEY " + wholeColumns(key));
                case UNIQUE, PLAIN -> index(table, key, column -> "");
                case FOREIGN -> {
                    // the source has checked its rows
                }
            }
        }

        private String there(String column) {
            return names.column(table, column);
        }

        /** Does something to an index of the table by the source's name for it, or by its own. */
        private void byComment(String key, boolean ifExists, String what, String how) {
            String name = StandardLiteral.of(key);
            block("DECLARE k regclass; BEGIN k := (" + indexes(table, key) + " LIMIT 1); IF k IS NOT NULL THEN EXECUTE "
                    + StandardLiteral.of(what) + " || k || " + StandardLiteral.of(how) + ";"
                    + (ifExists ? "" : " ELSE RAISE undefined_object USING MESSAGE = 'no index ' || " + name + ";")
                    + " END IF; END");
        }
    }

    /** MySQL gives rows that are there a value where a new column must have one. */
    private static ColumnDefinition forRowsThatAreThere(ColumnDefinition column) {
        if (!Boolean.FALSE.equals(column.nullable()) || column.details().defaultValue() != null) {
            return column;
        }
        @Nullable
        String zero =
                switch (PostgresTypes.of(column).replaceAll("\\(.*", "")) {
                    case "smallint", "integer", "bigint", "numeric", "real", "double precision" -> "0";
                    case "varchar", "text", "bytea" -> column.type().equals("enum") ? null : "''";
                    case "interval" -> "'00:00:00'";
                    case "bit" -> "0";
                    default -> null;
                };
        if (zero == null) {
            throw new NoTranslation("column " + column.name()
                    + " must have a value and has no default: what rows get that are there is not told");
        }
        return column.withDefault(zero);
    }
}
