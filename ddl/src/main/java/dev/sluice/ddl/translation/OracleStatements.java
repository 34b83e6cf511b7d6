package dev.sluice.ddl.translation;

import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.StandardLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes tables for Oracle, which knows names in upper case unless they are quoted otherwise. */
public final class OracleStatements {
    private static final int LONGEST_NAME = 128;

    private OracleStatements() {}

    /**
     * The statements that make a table: the first one makes it with all its keys, the others say what it is for.
     *
     * @throws NoTranslation if Oracle has nothing like it
     */
    public static List<String> create(NewTable table) {
        List<String> lines = new ArrayList<>();
        table.columns().forEach(column -> lines.add(column(column, table.inPrimaryKey(column.name()))));
        for (KeyDefinition key : table.keys()) {
            switch (key.kind()) {
                case PRIMARY -> lines.add("PRIMARY KEY " + parts(table, key));
                case UNIQUE -> lines.add("CONSTRAINT " + constraint(table, key) + " UNIQUE " + parts(table, key));
                case PLAIN, FOREIGN -> {
                    // neither says which rows there may be
                }
            }
        }
        String name = quoted(table.schema()) + "." + quoted(table.name());
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + name + " (" + String.join(", ", lines) + ")");
        if (table.comment() != null) {
            statements.add("COMMENT ON TABLE " + name + " IS " + StandardLiteral.of(table.comment()));
        }
        for (ColumnDefinition column : table.columns()) {
            if (column.details().comment() != null) {
                statements.add("COMMENT ON COLUMN " + name + "." + quoted(column.name()) + " IS "
                        + StandardLiteral.of(column.details().comment()));
            }
        }
        return statements;
    }

    private static String column(ColumnDefinition column, boolean inPrimaryKey) {
        try {
            String type = OracleTypes.of(column);
            boolean nullable =
                    !inPrimaryKey && (!Boolean.FALSE.equals(column.nullable()) || OracleTypes.mayBeEmpty(type));
            return quoted(column.name()) + " " + type + OracleTypes.defaultOf(column) + (nullable ? "" : " NOT NULL");
        } catch (NoTranslation e) {
            throw new NoTranslation("column " + column.name() + ": " + e.getMessage());
        }
    }

    /** Where the beginnings of values differ, the values do. */
    private static String parts(NewTable table, KeyDefinition key) {
        return key.parts().stream()
                .map(part -> {
                    if (part.column() == null) {
                        throw new NoTranslation("key " + key.name() + " is made of an expression");
                    }
                    if (OracleTypes.isLarge(OracleTypes.of(table.column(part.column())))) {
                        throw new NoTranslation("key " + key.name() + " holds column " + part.column()
                                + ", which is a large object at Oracle");
                    }
                    return quoted(part.column());
                })
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String constraint(NewTable table, KeyDefinition key) {
        String called = key.name() == null ? String.valueOf(key.parts().get(0).column()) : key.name();
        String name = table.name() + "_" + called;
        return quoted(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
    }

    private static String quoted(String name) {
        return "\"" + name.toUpperCase(Locale.ROOT).replace("\"", "\"\"") + "\"";
    }
}
