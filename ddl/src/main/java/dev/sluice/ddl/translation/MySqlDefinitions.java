package dev.sluice.ddl.translation;

import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.ColumnDetails;
import dev.sluice.ddl.Identifiers;
import dev.sluice.ddl.KeyDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes tables for MySQL and MariaDB, each in one statement, so that a table is there with all its keys or not at all. */
public final class MySqlDefinitions {
    private static final Set<String> TEXTS =
            Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set");
    private static final Set<String> NO_DEFAULT = Set.of(
            "tinytext",
            "text",
            "mediumtext",
            "longtext",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob",
            "json",
            "geometry",
            "vector");
    private static final Set<String> ADDRESSES = Set.of("inet6", "uuid");

    private final boolean mariaDb;
    private final Collations collations;

    /**
     * For one server.
     *
     * @param collations all that it has
     */
    public MySqlDefinitions(boolean mariaDb, Set<String> collations) {
        this.mariaDb = mariaDb;
        this.collations = new Collations(collations);
    }

    /**
     * The statement that makes a table unless it is there.
     *
     * @throws NoTranslation if the server has nothing like it
     */
    public String create(NewTable table) {
        List<String> lines = new ArrayList<>();
        table.columns().forEach(column -> lines.add(column(column, table)));
        for (KeyDefinition key : table.keys()) {
            switch (key.kind()) {
                case PRIMARY -> lines.add("PRIMARY KEY " + parts(key));
                case UNIQUE -> lines.add("UNIQUE KEY " + name(key) + parts(key));
                case PLAIN -> lines.add("KEY " + name(key) + parts(key));
                case FOREIGN -> {
                    // rows come table by table
                }
            }
        }
        String collation = table.collation();
        return "CREATE TABLE IF NOT EXISTS " + Identifiers.quoted(table.schema()) + "."
                + Identifiers.quoted(table.name()) + " (\n  "
                + String.join(",\n  ", lines) + "\n) ENGINE=InnoDB"
                + (collation == null ? "" : " " + collated(collation))
                + (table.comment() == null ? "" : " COMMENT=" + literal(table.comment()));
    }

    private String column(ColumnDefinition column, NewTable table) {
        try {
            return column(column, table.inPrimaryKey(column.name()), isKeyed(column, table));
        } catch (NoTranslation e) {
            throw new NoTranslation("column " + column.name() + ": " + e.getMessage());
        }
    }

    private String column(ColumnDefinition column, boolean inPrimaryKey, boolean keyed) {
        ColumnDetails details = column.details();
        StringBuilder text =
                new StringBuilder(Identifiers.quoted(column.name())).append(' ').append(type(column));
        if (TEXTS.contains(column.type()) && column.collation() != null) {
            text.append(' ').append(collated(column.collation()));
        }
        if (details.generated() != null) {
            text.append(" GENERATED ALWAYS AS ").append(details.generated());
        } else {
            boolean nullable = !Boolean.FALSE.equals(column.nullable()) && !inPrimaryKey;
            text.append(nullable ? " NULL" : " NOT NULL");
            String value = details.defaultValue();
            if (details.autoIncrement() && keyed) {
                text.append(" AUTO_INCREMENT");
            } else if (value != null && (nullable || !value.equalsIgnoreCase("NULL"))) {
                text.append(defaultValue(column.type(), value));
            }
        }
        if (details.comment() != null) {
            text.append(" COMMENT ").append(literal(details.comment()));
        }
        return text.toString();
    }

    private String type(ColumnDefinition column) {
        ColumnDetails details = column.details();
        String base = column.type();
        String word = details.word();
        return switch (base) {
            case "geometry" -> word.equals("geomcollection") ? "geometrycollection" : word;
            case "uuid", "inet6", "inet4" -> mariaDb ? base : ADDRESSES.contains(base) ? "binary(16)" : "binary(4)";
            case "longtext" -> word.equals("json") && !mariaDb ? "json" : base;
            case "enum", "set" ->
                base
                        + column.labels().stream()
                                .map(MySqlDefinitions::literal)
                                .collect(Collectors.joining(",", "(", ")"));
            default -> {
                List<Integer> numbers = details.numbers();
                yield base
                        + (numbers.isEmpty()
                                ? ""
                                : numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")")))
                        + (column.unsigned() && !base.equals("bit") ? " unsigned" : "")
                        + (details.zerofill() ? " zerofill" : "");
            }
        };
    }

    /** Each server writes and takes expressions in its own way. */
    private String defaultValue(String type, String value) {
        String upper = value.toUpperCase(Locale.ROOT);
        if (upper.equals("NULL")) {
            return " DEFAULT NULL";
        }
        boolean now = upper.startsWith("CURRENT_TIMESTAMP") || upper.startsWith("NOW");
        boolean string = value.startsWith("'");
        boolean expression = !now && !string && upper.endsWith(")");
        boolean bare = NO_DEFAULT.contains(type) && !expression && !mariaDb;
        String written = string && Literals.of(value) instanceof Literals.Text text ? literal(text.text()) : value;
        return " DEFAULT " + ((expression && !value.startsWith("(")) || bare ? "(" + written + ")" : written);
    }

    private static boolean isKeyed(ColumnDefinition column, NewTable table) {
        return table.keys().stream().anyMatch(key -> column.name()
                .equalsIgnoreCase(key.parts().get(0).column()));
    }

    private String collated(String collation) {
        String name = collations.of(collation);
        int end = name.indexOf('_');
        return "CHARACTER SET " + (end < 0 ? name : name.substring(0, end)) + " COLLATE " + name;
    }

    private static String name(KeyDefinition key) {
        @Nullable String name = key.name();
        return name == null ? "" : Identifiers.quoted(name) + " ";
    }

    private static String parts(KeyDefinition key) {
        return key.parts().stream()
                .map(part -> Identifiers.quoted(NewTable.column(key, part))
                        + (part.prefix() == 0 ? "" : "(" + part.prefix() + ")"))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** For a session that takes backslashes for escapes. */
    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
