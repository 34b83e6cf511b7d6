package dev.sluice.ddl.translation;

import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.StandardLiteral;
import java.util.List;

/** PostgreSQL's types for those of MySQL and MariaDB, the table in docs/targets.md. */
final class PostgresTypes {
    private PostgresTypes() {}

    static String of(ColumnDefinition column) {
        List<Integer> numbers = column.details().numbers();
        boolean unsigned = column.unsigned();
        return switch (column.type()) {
            case "tinyint" -> "smallint";
            case "smallint" -> unsigned ? "integer" : "smallint";
            case "mediumint" -> "integer";
            case "int" -> unsigned ? "bigint" : "integer";
            case "bigint" -> unsigned ? "numeric(20)" : "bigint";
            case "decimal" ->
                "numeric(" + column.details().number(10) + "," + (numbers.size() < 2 ? 0 : numbers.get(1)) + ")";
            case "float" -> "real";
            case "double" -> "double precision";
            case "bit" -> "bit(" + column.details().number(1) + ")";
            case "year" -> "smallint";
            case "date" -> "date";
            case "datetime" -> "timestamp(" + column.details().number(0) + ")";
            case "timestamp" -> "timestamptz(" + column.details().number(0) + ")";
            case "time" -> "interval(" + column.details().number(0) + ")";
            case "char", "varchar" ->
                column.holdsBytes()
                        ? "bytea"
                        : "varchar(" + Math.max(1, column.details().number(1)) + ")";
            case "tinytext", "text", "mediumtext", "longtext" -> column.holdsBytes() ? "bytea" : "text";
            case "enum", "set" -> "text";
            case "json" -> "jsonb";
            case "uuid" -> "uuid";
            case "binary",
                    "varbinary",
                    "tinyblob",
                    "blob",
                    "mediumblob",
                    "longblob",
                    "geometry",
                    "vector",
                    "inet4",
                    "inet6" -> "bytea";
            default -> throw new NoTranslation("PostgreSQL has no type for " + column.type());
        };
    }

    /** Its default, with the word before it; empty without one. */
    static String defaultOf(ColumnDefinition column) {
        String written = column.details().defaultValue();
        if (written == null || column.details().generated() != null) {
            return "";
        }
        String type = of(column);
        Literals value = Literals.of(written);
        if (value instanceof Literals.Now now) {
            String moment = "CURRENT_TIMESTAMP(" + (now.digits().isEmpty() ? "0" : now.digits()) + ")";
            return " DEFAULT " + (type.startsWith("timestamp(") ? "(" + moment + " AT TIME ZONE 'UTC')" : moment);
        } else if (value instanceof Literals.Bits bits) {
            return " DEFAULT B'" + padded(bits.bits(), column) + "'";
        } else if (value instanceof Literals.Number number) {
            return type.startsWith("bit(")
                    ? " DEFAULT B'" + padded(Long.toBinaryString(Long.parseUnsignedLong(number.digits())), column) + "'"
                    : " DEFAULT '" + number.digits() + "'";
        } else if (value instanceof Literals.Text text) {
            return " DEFAULT " + text(column, type, text.text());
        }
        return "";
    }

    private static String text(ColumnDefinition column, String type, String text) {
        if (type.equals("bytea")) {
            if (!text.isEmpty()) {
                throw new NoTranslation("its default is of bytes");
            }
            return "''";
        }
        if ((type.startsWith("timestamp") || type.equals("date")) && text.startsWith("0000-00-00")) {
            throw new NoTranslation("its default " + text + " is no day that PostgreSQL knows");
        }
        if (text.indexOf('\0') >= 0) {
            throw new NoTranslation("its default has a character that PostgreSQL does not take");
        }
        return StandardLiteral.of(text);
    }

    private static String padded(String bits, ColumnDefinition column) {
        int length = column.details().number(1);
        return "0".repeat(Math.max(0, length - bits.length())) + bits;
    }
}
