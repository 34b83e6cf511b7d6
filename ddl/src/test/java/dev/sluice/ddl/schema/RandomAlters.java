package dev.sluice.ddl.schema;

import dev.sluice.ddl.KeyDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes ALTER TABLE statements of many parts for one table; some of them no server accepts. */
final class RandomAlters {
    private static final List<String> TYPES = List.of(
            "INT",
            "BIGINT UNSIGNED",
            "VARCHAR(20)",
            "VARCHAR(10) CHARACTER SET latin1",
            "VARCHAR(10) CHARSET utf8mb4 COLLATE utf8mb4_bin",
            "VARCHAR(12) COLLATE latin1_german2_ci",
            "VARCHAR(10) BINARY",
            "CHAR(3) CHARACTER SET binary",
            "TEXT",
            "TINYTEXT",
            "TEXT(100)",
            "TEXT(20000)",
            "BLOB(200)",
            "MEDIUMTEXT CHARACTER SET latin1",
            "ENUM('a','b''c',\"d\\\\e\")",
            "SET('x','y ','z') CHARACTER SET latin1",
            "DECIMAL(10,2)",
            "DATETIME(3)",
            "TIMESTAMP NULL",
            "TIME",
            "YEAR",
            "JSON",
            "BIT(5)",
            "DOUBLE",
            "FLOAT(30)",
            "BOOLEAN",
            "POINT",
            "NATIONAL CHAR(5)",
            "VARBINARY(7)",
            "DATE");
    private static final List<String> CHARSETS = List.of(
            "CHARACTER SET latin1",
            "CHARACTER SET utf8mb4",
            "CHARSET utf8mb4 COLLATE utf8mb4_bin",
            "CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci");

    private final Random random;
    private final TestServer kind;

    RandomAlters(Random random, TestServer kind) {
        this.random = random;
        this.kind = kind;
    }

    String create() {
        return "CREATE TABLE r (c0 INT NOT NULL, c1 VARCHAR(20), c2 TEXT, PRIMARY KEY (c0))";
    }

    String next(TableSchema table) {
        if (random.nextInt(20) == 0) {
            return "ALTER TABLE r CONVERT TO " + pick(CHARSETS.subList(0, 3));
        }
        List<String> actions = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            actions.add(action(table));
        }
        return "ALTER TABLE r " + String.join(random.nextBoolean() ? ", " : " ,\n\t", actions);
    }

    private String action(TableSchema table) {
        boolean many = table.columns().size() > 14;
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> many ? drop(table) : "ADD COLUMN " + name() + " " + definition() + place(table);
            case 4 ->
                many ? drop(table) : "ADD (" + name() + " " + definition() + ", " + name() + " " + definition() + ")";
            case 5, 6 -> drop(table);
            case 7, 8 -> "MODIFY " + column(table) + " " + definition() + place(table);
            case 9, 10 -> "CHANGE COLUMN `" + column(table) + "` " + name() + " " + definition() + place(table);
            case 11 ->
                kind == TestServer.MYSQL_5_7
                        ? "COMMENT 'no, RENAME COLUMN a TO b'"
                        : "RENAME COLUMN " + column(table) + " TO " + (random.nextBoolean() ? name() : column(table));
            case 12 -> "ADD UNIQUE " + (random.nextBoolean() ? "KEY k" + random.nextInt(9) + " " : "") + key(table);
            case 13 -> "ADD INDEX " + (random.nextBoolean() ? "k" + random.nextInt(9) + " " : "") + key(table);
            case 14 -> dropKey(table);
            default -> "DEFAULT " + pick(CHARSETS);
        };
    }

    private String drop(TableSchema table) {
        return "DROP " + (random.nextBoolean() ? "COLUMN " : "") + column(table);
    }

    private String dropKey(TableSchema table) {
        List<KeyDefinition> keys = table.keys();
        KeyDefinition key = keys.isEmpty() ? null : pick(keys);
        if (key == null || key.kind() == KeyDefinition.Kind.PRIMARY) {
            return random.nextBoolean() ? "DROP PRIMARY KEY" : "ADD PRIMARY KEY (" + column(table) + ")";
        }
        return random.nextInt(4) == 0
                ? "RENAME INDEX `" + key.name() + "` TO k" + random.nextInt(9)
                : "DROP KEY `" + key.name() + "`";
    }

    private String key(TableSchema table) {
        return "(" + column(table) + (random.nextBoolean() ? "" : ", " + column(table)) + ")";
    }

    private String definition() {
        String type = pick(TYPES);
        return switch (random.nextInt(6)) {
            case 0 -> type + " NOT NULL";
            case 1 -> type + " COMMENT 'it''s, DROP COLUMN c1; -- \\'x\\''";
            case 2 -> type + " NULL";
            default -> type;
        };
    }

    private String place(TableSchema table) {
        return switch (random.nextInt(4)) {
            case 0 -> " FIRST";
            case 1 -> " AFTER " + column(table);
            default -> "";
        };
    }

    private String column(TableSchema table) {
        String name = pick(table.columns()).name();
        return random.nextInt(5) == 0 ? name.toUpperCase(java.util.Locale.ROOT) : name;
    }

    private String name() {
        return "c" + random.nextInt(40);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
