package dev.sluice.endtoend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Statements that change a schema with a table {@code changing (id, v)}, of a kind that PostgreSQL has too, with writes to what
 * they bring. No name comes twice. Not thread-safe.
 */
final class RandomChanges {
    /** Types, each with wider ones behind it, and a value. */
    private static final Map<String, String> VALUES = Map.of(
            "INT", "-2147483648",
            "BIGINT", "9223372036854775807",
            "VARCHAR(20)", "'it''s \\\\ ä😀'",
            "VARCHAR(60)", "'it''s \\\\ ä😀 and longer than the other'",
            "DECIMAL(8,2)", "-123456.78",
            "DECIMAL(14,4)", "1234567890.1234",
            "DATE", "'2026-11-26'",
            "DATETIME", "'2026-11-26 23:59:59'",
            "TEXT", "'text'");

    private static final Map<String, String> WIDER =
            Map.of("INT", "BIGINT", "VARCHAR(20)", "VARCHAR(60)", "DECIMAL(8,2)", "DECIMAL(14,4)");

    private final Random random;
    private final Map<String, String> columns = new LinkedHashMap<>();
    private final List<String> indexes = new ArrayList<>();
    private final List<String> tables = new ArrayList<>();
    private int names;

    RandomChanges(Random random) {
        this.random = random;
    }

    /** A statement, and changes of rows behind it. */
    List<String> next() {
        List<String> all = new ArrayList<>();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> all.add("ALTER TABLE changing " + add());
            case 3 -> all.add("ALTER TABLE changing " + change() + ", " + add());
            case 4 -> all.add("ALTER TABLE changing " + drop() + ", " + add() + ", MODIFY v BIGINT");
            case 5 -> all.add(index());
            case 6 -> all.addAll(create());
            case 7 -> all.add(rename());
            case 8 -> all.add(end());
            default -> all.add("ALTER TABLE changing " + change());
        }
        for (Map.Entry<String, String> column : columns.entrySet()) {
            if (random.nextInt(3) == 0) {
                all.add("UPDATE changing SET " + column.getKey() + " = " + VALUES.get(column.getValue())
                        + " WHERE id % 7 = " + random.nextInt(7));
            }
        }
        return all;
    }

    private String add() {
        String type = any(new ArrayList<>(VALUES.keySet()));
        String name = "c" + names++;
        columns.put(name, type);
        boolean plain = !type.equals("TEXT");
        String value = plain && random.nextBoolean() ? " DEFAULT " + VALUES.get(type) : "";
        boolean zero = !value.isEmpty() || !type.startsWith("DATE");
        return "ADD " + name + " " + type + (zero && random.nextBoolean() ? " NOT NULL" : "") + value
                + (random.nextInt(3) == 0 ? " FIRST" : "");
    }

    private String drop() {
        if (columns.isEmpty()) {
            return add();
        }
        String name = any(new ArrayList<>(columns.keySet()));
        columns.remove(name);
        return "DROP COLUMN " + name;
    }

    private String change() {
        if (columns.isEmpty()) {
            return add();
        }
        String name = any(new ArrayList<>(columns.keySet()));
        String type = columns.remove(name);
        String wider = WIDER.getOrDefault(type, type);
        String other = random.nextBoolean() ? name : "c" + names++;
        columns.put(other, random.nextInt(3) == 0 ? type : wider);
        return random.nextInt(3) == 0
                        && !other.equals(name)
                        && columns.get(other).equals(type)
                ? "RENAME COLUMN " + name + " TO " + other
                : "CHANGE " + name + " " + other + " " + columns.get(other);
    }

    private String index() {
        if (!indexes.isEmpty() && random.nextInt(3) == 0) {
            return "DROP INDEX " + indexes.remove(random.nextInt(indexes.size())) + " ON changing";
        }
        String name = "i" + names++;
        indexes.add(name);
        return "CREATE INDEX " + name + " ON changing (v, id)";
    }

    private List<String> create() {
        String name = "t" + names++;
        boolean like = random.nextInt(3) == 0;
        tables.add(name);
        return List.of(
                like
                        ? "CREATE TABLE " + name + " LIKE changing"
                        : "CREATE TABLE " + name
                                + " (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(9) NOT NULL DEFAULT 'x',"
                                + " n DECIMAL(9,3), UNIQUE KEY u (v, n), KEY k (n))",
                like
                        ? "INSERT IGNORE INTO " + name + " SELECT * FROM changing"
                        : "INSERT INTO " + name + " (v, n) VALUES ('a', 1.5), ('a', 2), ('b', NULL)");
    }

    private String rename() {
        if (tables.isEmpty()) {
            return index();
        }
        String from = tables.remove(random.nextInt(tables.size()));
        String to = "r" + names++;
        tables.add(to);
        return "RENAME TABLE " + from + " TO " + to;
    }

    private String end() {
        if (tables.isEmpty()) {
            return index();
        }
        String name = any(tables);
        if (random.nextInt(3) == 0) {
            return "TRUNCATE TABLE " + name;
        }
        tables.remove(name);
        return "DROP TABLE " + name;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
