package dev.sluice.ddl.translation;

import static dev.sluice.ddl.translation.Quoted.quoted;

import dev.sluice.ddl.AlterAction;
import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an ALTER TABLE does to one table, as steps for Oracle. */
final class OracleAlteration {
    private final OracleNames names;
    /** By the statement's name. */
    private final TableName table;

    private final TableName there;
    private final String alter;
    private final List<OracleStatements.Step> steps = new ArrayList<>();

    OracleAlteration(OracleNames names, TableName table) {
        this.names = names;
        this.table = table;
        there = names.table(table);
        alter = "ALTER TABLE " + quoted(there) + " ";
    }

    List<OracleStatements.Step> all(TableChange.Alter change) {
        Harmless.require(change.others());
        // what goes goes first, so that its name may come again
        change.actions().forEach(this::drop);
        change.actions().forEach(this::changeOne);
        change.actions().forEach(this::addOne);
        return steps;
    }

    private void drop(AlterAction action) {
        if (action instanceof AlterAction.DropKey drop) {
            OracleNames.Key key = names.key(table, drop.name());
            String index = quoted(new TableName(there.schema(), key.name()));
            step(key.constraint() ? alter + "DROP CONSTRAINT " + quoted(key.name()) : "DROP INDEX " + index, action);
        } else if (action instanceof AlterAction.DropConstraint constraint) {
            throw new NoTranslation("drops constraint " + constraint.name() + ", of which it does not tell the kind");
        } else if (action instanceof AlterAction.DropPrimaryKey) {
            step(alter + "DROP PRIMARY KEY", action);
        } else if (action instanceof AlterAction.DropColumn column) {
            step(alter + "DROP (" + column(column.name()) + ") CASCADE CONSTRAINTS", action);
        }
    }

    private void changeOne(AlterAction action) {
        if (action instanceof AlterAction.RenameColumn column) {
            rename(column.from(), column.to());
        } else if (action instanceof AlterAction.RenameKey rename) {
            OracleNames.Key key = names.key(table, rename.from());
            String free = names.free(there, rename.to());
            String to = quoted(OracleNames.keyName(there, free));
            step(
                    key.constraint()
                            ? alter + "RENAME CONSTRAINT " + quoted(key.name()) + " TO " + to
                            : "ALTER INDEX " + quoted(new TableName(there.schema(), key.name())) + " RENAME TO " + to,
                    new AlterAction.RenameKey(rename.from(), free));
        } else if (action instanceof AlterAction.ChangeColumn change) {
            String now = names.column(table, change.name());
            if (!change.name().equalsIgnoreCase(change.column().name())) {
                rename(change.name(), change.column().name());
                now = OracleNames.upper(change.column().name());
            }
            redefine(now, names.type(table, change.name()), change.column());
        }
    }

    private void rename(String from, String to) {
        step(
                alter + "RENAME COLUMN " + column(from) + " TO " + quoted(OracleNames.upper(to)),
                new AlterAction.RenameColumn(from, to, false));
    }

    /** What it may hold is a step of its own, for Oracle refuses to say again whether a column takes NULL. */
    private void redefine(String name, String present, ColumnDefinition column) {
        // checks it, and says of which column it speaks
        OracleStatements.column(column, false);
        String type = OracleTypes.of(column);
        boolean largeNow = OracleTypes.isLarge(present);
        if (!present.isEmpty() && largeNow != OracleTypes.isLarge(type)) {
            throw new NoTranslation("column " + column.name() + " is of type " + present
                    + " at the target, which Oracle does not change into " + type);
        }
        String value = OracleTypes.defaultOf(column);
        // a large object has no length that could change
        step(alter + "MODIFY (" + quoted(name) + (largeNow && type.equals(present) ? "" : " " + type)
                + (value.isEmpty() ? " DEFAULT NULL" : value) + ")");
        boolean nullable = !Boolean.FALSE.equals(column.nullable()) || OracleTypes.mayBeEmpty(type);
        step(alter + "MODIFY (" + quoted(name) + (nullable ? " NULL)" : " NOT NULL)"));
        step(OracleStatements.comment(there, name, column.details().comment()));
    }

    private void addOne(AlterAction action) {
        if (action instanceof AlterAction.AddColumn add) {
            ColumnDefinition column = add.column();
            step(alter + "ADD (" + OracleStatements.column(forRowsThatAreThere(column), false) + ")", action);
            if (column.details().comment() != null) {
                step(OracleStatements.comment(
                        there,
                        OracleNames.upper(column.name()),
                        column.details().comment()));
            }
        } else if (action instanceof AlterAction.AddKey add) {
            key(OracleStatements.free(names, there, add.key()));
        }
    }

    private void key(KeyDefinition key) {
        String name = OracleStatements.keyName(there, key);
        String sql =
                switch (key.kind()) {
                    case PRIMARY -> alter + "ADD PRIMARY KEY " + parts(key);
                    case UNIQUE -> alter + "ADD CONSTRAINT " + quoted(name) + " UNIQUE " + parts(key);
                    case PLAIN ->
                        "CREATE INDEX " + quoted(new TableName(there.schema(), name)) + " ON " + quoted(there) + " "
                                + parts(key);
                    // the source has checked its rows
                    case FOREIGN -> "";
                };
        if (!sql.isEmpty()) {
            steps.add(new OracleStatements.Step(sql, adding(table, key)));
        }
    }

    private String parts(KeyDefinition key) {
        return key.parts().stream()
                .map(part -> column(NewTable.column(key, part)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String column(String name) {
        return quoted(names.column(table, name));
    }

    private void step(String sql) {
        steps.add(new OracleStatements.Step(sql, null));
    }

    private void step(String sql, AlterAction action) {
        steps.add(new OracleStatements.Step(sql, new TableChange.Alter(table, List.of(action))));
    }

    static TableChange adding(TableName table, KeyDefinition key) {
        return new TableChange.Alter(table, List.of(new AlterAction.AddKey(key, false)));
    }

    /** MySQL gives rows that are there a value where a new column must have one; an empty text is NULL at Oracle. */
    private static ColumnDefinition forRowsThatAreThere(ColumnDefinition column) {
        if (!Boolean.FALSE.equals(column.nullable()) || column.details().defaultValue() != null) {
            return column;
        }
        @Nullable
        String zero =
                switch (column.type()) {
                    case "tinyint",
                            "smallint",
                            "mediumint",
                            "int",
                            "bigint",
                            "decimal",
                            "float",
                            "double",
                            "bit",
                            "year" -> "0";
                    case "time" -> "'00:00:00'";
                    case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "set" -> "NULL";
                    case "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> "NULL";
                    default -> null;
                };
        if (zero == null) {
            throw new NoTranslation("column " + column.name()
                    + " must have a value and has no default: what rows get that are there is not told");
        }
        return zero.equals("NULL") ? column : column.withDefault(zero);
    }
}
