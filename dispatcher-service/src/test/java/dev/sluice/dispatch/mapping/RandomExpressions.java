package dev.sluice.dispatch.mapping;

import dev.sluice.change.message.Column;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random expressions of everything that the language has, over a table with a column of each kind, and rows for it. */
final class RandomExpressions {
    /** Their types as a table line says them, which the server also reads. */
    static final List<Column> COLUMNS = List.of(
            new Column("i", "int"),
            new Column("b", "bigint"),
            new Column("u", "bigint unsigned"),
            new Column("tiny", "tinyint unsigned"),
            new Column("d", "decimal(10,2)"),
            new Column("e", "decimal(14,6)"),
            new Column("y", "year"),
            new Column("s", "varchar(20)"),
            new Column("c", "char(6)"),
            new Column("t", "text"),
            new Column("en", "enum('a','B','x y')"),
            new Column("st", "set('p','q','ü')"),
            new Column("da", "date"),
            new Column("dt", "datetime(3)"),
            new Column("ts", "timestamp"),
            new Column("ti", "time(1)"));

    private static final List<String> NUMBERS = List.of("i", "b", "u", "tiny", "d", "e", "y");
    private static final List<String> TEXTS = List.of("s", "c", "t", "en", "st");
    private static final List<String> TIMES = List.of("da", "dt", "ts", "ti");
    private static final List<String> DATED = List.of("da", "dt", "ts");
    private static final List<String> WORDS = List.of(
            "",
            " ",
            "a",
            "Ab",
            "  x ",
            "it's",
            "\"q\"",
            "\\",
            "éÀ",
            "ß",
            "жЖ",
            "😀",
            "a😀b",
            "line\nend",
            "a,b",
            "0",
            "ab ab");

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    static String definitions() {
        return COLUMNS.stream()
                .map(column -> column.name() + " " + column.type() + " NULL")
                .collect(Collectors.joining(", "));
    }

    static String values(Random random) {
        return COLUMNS.stream()
                .map(column -> random.nextInt(7) == 0 ? "NULL" : value(column, random))
                .collect(Collectors.joining(", "));
    }

    private static String value(Column column, Random random) {
        return switch (column.name()) {
            case "i" -> "" + (random.nextInt(20_001) - 10_000);
            case "b" -> "" + (random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(100) - 50);
            case "u" -> random.nextInt(5) == 0 ? "18446744073709551615" : "" + random.nextInt(1_000);
            case "tiny" -> "" + random.nextInt(256);
            case "d" -> random.nextInt(20_000_000) - 10_000_000 + "." + random.nextInt(100);
            case "e" -> (random.nextBoolean() ? "-0." : "99999999.") + random.nextInt(1_000_000);
            case "y" -> random.nextInt(4) == 0 ? "2000" : "" + (1901 + random.nextInt(250));
            case "en" -> random.nextBoolean() ? "'B'" : "'x y'";
            case "st" -> List.of("''", "'p'", "'p,ü'").get(random.nextInt(3));
            case "da" -> random.nextInt(5) == 0 ? "'0000-00-00'" : "'" + date(random) + "'";
            case "dt" -> "'" + date(random) + " " + time(random) + ".120'";
            case "ts" -> "'20" + (10 + random.nextInt(20)) + "-03-05 " + time(random) + "'";
            case "ti" -> "'" + (random.nextBoolean() ? "-" : "") + time(random) + ".5'";
            case "c" -> quoted(WORDS.get(random.nextInt(WORDS.size())));
            default -> quoted(WORDS.get(random.nextInt(WORDS.size())) + WORDS.get(random.nextInt(WORDS.size())));
        };
    }

    private static String date(Random random) {
        return String.format(
                "%04d-%02d-%02d", 1 + random.nextInt(9_999), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private static String time(Random random) {
        return String.format("%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
    }

    String next() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> text(4);
            case 2, 3 -> number(4);
            default -> time(2, any(TIMES));
        };
    }

    private String text(int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return random.nextInt(4) == 0 ? literal() : any(TEXTS);
        }
        int less = depth - 1;
        return switch (random.nextInt(20)) {
            case 0, 1 -> "CONCAT(" + several(() -> anything(less)) + ")";
            case 2 -> "CONCAT_WS(" + text(less) + ", " + several(() -> anything(less)) + ")";
            case 3 -> "COALESCE(" + several(() -> orNull(text(less))) + ")";
            case 4 -> "IFNULL(" + text(less) + ", " + text(less) + ")";
            case 5 -> "NULLIF(" + text(less) + ", " + text(less) + ")";
            case 6 -> "upper(" + anything(less) + ")";
            case 7 -> "LOWER(" + anything(less) + ")";
            case 8 -> "TRIM(" + anything(less) + ")";
            case 9 -> "LTRIM(" + text(less) + ")";
            case 10 -> "RTRIM(" + text(less) + ")";
            case 11 -> "LEFT(" + anything(less) + ", " + random.nextInt(6) + ")";
            case 12 -> "RIGHT(" + anything(less) + ", " + random.nextInt(6) + ")";
            // in parentheses, for the parser takes no IN there without them
            case 13 -> "SUBSTRING((" + anything(less) + "), " + (random.nextInt(11) - 5) + ")";
            case 14 ->
                "SUBSTRING((" + anything(less) + "), " + (random.nextInt(11) - 5) + ", " + (random.nextInt(7) - 1)
                        + ")";
            case 15 -> "REPLACE(" + anything(less) + ", " + literal() + ", " + text(less) + ")";
            case 16 -> (random.nextBoolean() ? "LPAD(" : "RPAD(") + padded(less) + ")";
            case 17 -> "LPAD(" + number(less) + ", " + random.nextInt(12) + ", '0')";
            case 18 -> choice(() -> text(less));
            default -> "IF(" + condition() + ", " + text(less) + ", " + orNull(text(less)) + ")";
        };
    }

    private String number(int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return random.nextInt(4) == 0
                    ? List.of("0", "7", "-3", "0.5", "12.50", ".25", "1000").get(random.nextInt(7))
                    : any(NUMBERS);
        }
        int less = depth - 1;
        return switch (random.nextInt(14)) {
            case 0 -> "(" + number(less) + " + " + number(less) + ")";
            case 1 -> "(" + number(less) + " - " + number(less) + ")";
            case 2 -> number(less) + " * " + number(1);
            case 3 -> "-" + any(NUMBERS);
            case 4 -> "ROUND(" + number(less) + ")";
            // whether a whole number gets digits behind the point depends on how wide the server thinks it is
            case 5 -> "ROUND(" + number(less) + " + d, " + random.nextInt(8) + ")";
            case 6 -> "ABS(" + number(less) + ")";
            case 7 -> "CHAR_LENGTH(" + anything(less) + ")";
            case 8 -> any(List.of("YEAR", "MONTH", "DAY")) + "(" + time(less, any(DATED)) + ")";
            // never of NULLs alone, which are no exact number to the server
            case 9 -> "COALESCE(" + number(less) + ", " + several(() -> orNull(number(less))) + ")";
            case 10 -> "IFNULL(" + number(less) + ", " + number(less) + ")";
            // not one in another, of which the server loses the type
            case 11 -> "NULLIF(" + any(NUMBERS) + " + " + number(less) + ", " + number(0) + ")";
            case 12 -> choice(() -> number(less));
            default -> "IF(" + condition() + ", " + number(less) + ", " + number(less) + ")";
        };
    }

    /** A time of a column's type. */
    private String time(int depth, String column) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return column;
        }
        return switch (random.nextInt(4)) {
            case 0 -> "COALESCE(" + column + ", " + time(depth - 1, column) + ")";
            case 1 -> choice(() -> time(depth - 1, column));
            case 2 -> column.equals("da") ? "DATE(" + any(DATED) + ")" : column;
            default -> "IF(" + condition() + ", " + column + ", NULL)";
        };
    }

    private String anything(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> number(depth);
            case 1 -> time(Math.min(depth, 1), any(TIMES));
            default -> text(depth);
        };
    }

    private String choice(Made value) {
        int cases = 1 + random.nextInt(2);
        boolean simple = random.nextInt(3) == 0;
        return "CASE " + (simple ? "tiny " : "")
                + IntStream.range(0, cases)
                        .mapToObj(i ->
                                "WHEN " + (simple ? "" + random.nextInt(9) : condition()) + " THEN " + value.next())
                        .collect(Collectors.joining(" "))
                + (random.nextInt(4) == 0 ? "" : " ELSE " + value.next()) + " END";
    }

    private String condition() {
        return switch (random.nextInt(7)) {
            case 0 -> any(NUMBERS.subList(0, 6)) + " > " + random.nextInt(100);
            case 1 -> any(TEXTS) + " IS NOT NULL";
            case 2 -> "s = " + literal();
            case 3 -> "en IN ('a', 'B') AND NOT i < 0";
            case 4 -> "da BETWEEN '1000-01-01' AND '5000-01-01' OR t LIKE '%a_'";
            case 5 -> "(" + any(TIMES) + " IS NULL)";
            default -> "d <= 12.5";
        };
    }

    private String several(Made value) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> value.next())
                .collect(Collectors.joining(", "));
    }

    private String orNull(String value) {
        return random.nextInt(6) == 0 ? "NULL" : value;
    }

    private String literal() {
        return quoted(any(WORDS));
    }

    /** Other letters with text alone: of a number that got some, the server counts the bytes. */
    private String padded(int depth) {
        return random.nextBoolean()
                ? any(TEXTS) + ", " + random.nextInt(12) + ", 'é😀'"
                : text(depth) + ", " + random.nextInt(12) + ", " + any(List.of("' '", "'0'", "'xy'"));
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Makes a part. */
    @FunctionalInterface
    private interface Made {
        String next();
    }
}
