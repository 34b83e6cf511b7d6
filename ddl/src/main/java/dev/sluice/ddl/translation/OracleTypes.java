package dev.sluice.ddl.translation;

import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.ColumnDetails;
import dev.sluice.ddl.StandardLiteral;
import java.util.List;
import java.util.regex.Pattern;

/** Oracle's types for those of MySQL and MariaDB, the table in docs/targets.md. */
final class OracleTypes {
    private static final int LONGEST_TEXT = 4_000;
    private static final int LONGEST_BYTES = 2_000;
    private static final int MOST_DIGITS = 38;
    private static final Pattern MIDNIGHT = Pattern.compile("0+:0+:0+([.]0+)?");

    private OracleTypes() {}

    static String of(ColumnDefinition column) {
        boolean unsigned = column.unsigned();
        return switch (column.type()) {
            case "tinyint" -> "NUMBER(3)";
            case "smallint" -> "NUMBER(5)";
            case "mediumint" -> unsigned ? "NUMBER(8)" : "NUMBER(7)";
            case "int" -> "NUMBER(10)";
            case "bigint" -> unsigned ? "NUMBER(20)" : "NUMBER(19)";
            case "decimal" -> decimal(column.details());
            case "float" -> "BINARY_FLOAT";
            case "double" -> "BINARY_DOUBLE";
            case "bit" -> "NUMBER(20)";
            case "year" -> "NUMBER(4)";
            case "date" -> "DATE";
            case "datetime" -> "TIMESTAMP(" + column.details().number(0) + ")";
            case "timestamp" -> "TIMESTAMP(" + column.details().number(0) + ") WITH TIME ZONE";
            case "time" -> "INTERVAL DAY(2) TO SECOND(" + column.details().number(0) + ")";
            case "char", "varchar" ->
                column.holdsBytes()
                        ? bytes(column.details().number(1))
                        : text(column.details().number(1));
            case "tinytext" -> text(255);
            case "text", "mediumtext", "longtext", "json" -> "CLOB";
            case "enum" ->
                text(column.labels().stream().mapToInt(String::length).max().orElse(1));
            case "set" ->
                text(column.labels().stream()
                        .mapToInt(label -> label.length() + 1)
                        .sum());
            case "binary", "varbinary" -> bytes(column.details().number(1));
            case "tinyblob" -> bytes(255);
            case "uuid", "inet6" -> "RAW(16)";
            case "inet4" -> "RAW(4)";
            case "blob", "mediumblob", "longblob", "geometry", "vector" -> "BLOB";
            default -> throw new NoTranslation("Oracle has no type for " + column.type());
        };
    }

    /** Oracle keeps no empty text and no empty bytes, so that a column which may hold them must take NULL. */
    static boolean mayBeEmpty(String type) {
        return type.startsWith("VARCHAR2") || type.startsWith("RAW") || isLarge(type);
    }

    static boolean isLarge(String type) {
        return type.equals("CLOB") || type.equals("BLOB");
    }

    /** Its default, with the word before it; empty without one. */
    static String defaultOf(ColumnDefinition column) {
        String written = column.details().defaultValue();
        if (written == null || column.details().generated() != null) {
            return "";
        }
        String type = of(column);
        Literals value = Literals.of(written);
        if (value instanceof Literals.Now) {
            return " DEFAULT " + now(type);
        } else if (value instanceof Literals.Bits bits) {
            return " DEFAULT "
                    + Long.toUnsignedString(bits.bits().isEmpty() ? 0 : Long.parseUnsignedLong(bits.bits(), 2));
        } else if (value instanceof Literals.Number number) {
            return " DEFAULT " + (isNumber(type) ? number.digits() : text(type, number.digits()));
        } else if (value instanceof Literals.Text text) {
            return text.text().isEmpty() ? "" : " DEFAULT " + text(type, text.text());
        }
        return "";
    }

    private static String now(String type) {
        if (type.endsWith("TIME ZONE")) {
            return "SYSTIMESTAMP";
        }
        return type.equals("DATE") ? "CAST(SYS_EXTRACT_UTC(SYSTIMESTAMP) AS DATE)" : "SYS_EXTRACT_UTC(SYSTIMESTAMP)";
    }

    private static String text(String type, String text) {
        if (isNumber(type)) {
            if (!Literals.NUMBER.matcher(text).matches()) {
                throw new NoTranslation("its default " + text + " is no number");
            }
            return text;
        }
        if (type.equals("DATE") || type.startsWith("TIMESTAMP")) {
            if (text.startsWith("0000-00-00")) {
                throw new NoTranslation("its default " + text + " is no day that Oracle knows");
            }
            String zone = type.endsWith("TIME ZONE") ? " +00:00" : "";
            return (type.equals("DATE") ? "DATE " : "TIMESTAMP ") + StandardLiteral.of(text + zone);
        }
        if (type.startsWith("INTERVAL") && MIDNIGHT.matcher(text).matches()) {
            return "INTERVAL '0 00:00:00' DAY TO SECOND";
        }
        if (type.startsWith("INTERVAL") || type.startsWith("RAW") || type.equals("BLOB")) {
            throw new NoTranslation("its default " + text + " cannot be written as " + type);
        }
        return StandardLiteral.of(text);
    }

    private static boolean isNumber(String type) {
        return type.startsWith("NUMBER") || type.startsWith("BINARY_");
    }

    private static String decimal(ColumnDetails details) {
        List<Integer> numbers = details.numbers();
        int digits = details.number(10);
        if (digits > MOST_DIGITS) {
            throw new NoTranslation("Oracle's numbers have at most " + MOST_DIGITS + " digits");
        }
        return "NUMBER(" + digits + "," + (numbers.size() < 2 ? 0 : numbers.get(1)) + ")";
    }

    private static String text(int characters) {
        return characters > LONGEST_TEXT ? "CLOB" : "VARCHAR2(" + Math.max(1, characters) + " CHAR)";
    }

    private static String bytes(int length) {
        return length > LONGEST_BYTES ? "BLOB" : "RAW(" + Math.max(1, length) + ")";
    }
}
