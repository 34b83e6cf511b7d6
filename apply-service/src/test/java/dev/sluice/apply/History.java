package dev.sluice.apply;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.KeyHash;
import dev.sluice.change.message.TableLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A source in memory: it carries out random changes that its keys allow, logs them for each partition as a dispatcher
 * would number them, and knows what its tables hold.
 */
final class History {
    /** A change of a row; {@code before} or {@code after} is null for an insert or delete. */
    record Change(TableLine table, String @Nullable [] before, String @Nullable [] after) {
        void addTo(MessageBuilder message) {
            if (before == null) {
                message.insert(table, after);
            } else if (after == null) {
                message.delete(table, before);
            } else {
                message.update(table, before, after);
            }
        }
    }

    /** A table and its rows, each cell as JSON. */
    private static final class Table {
        final TableLine line;
        final boolean ignoresCase;
        final boolean spread;
        final List<String[]> rows = new ArrayList<>();

        Table(TableLine line, boolean ignoresCase) {
            this.line = line;
            this.ignoresCase = ignoresCase;
            spread = !line.key().isEmpty() && line.unique().isEmpty();
        }
    }

    private static final String[] TEXTS = {
        "null", "\"\"", "\"a\"", "\"A\"", "\"b'b\"", "\"c\\\\c\"", "\"ü😀\"", "\"l\\nl\"", "\"x  \"", "\"null\""
    };
    private static final String[] NAMES = {"\"ann\"", "\"Ann\"", "\"ANN\"", "\"bob\"", "\"Bob\"", "\"eve\"", "\"zoë\""};

    private final Random random;
    private final int partitions;
    private final List<Table> tables = new ArrayList<>();
    private final List<List<Change>> logs = new ArrayList<>();
    private final KeyHash hash = new KeyHash();
    private int counter;

    History(long seed, String database, int partitions) {
        random = new Random(seed);
        this.partitions = partitions;
        for (int i = 0; i < partitions; i++) {
            logs.add(new ArrayList<>());
        }
        add(database, "plain", List.of("id int", "v varchar(20)"), List.of(0), List.of(), false);
        add(database, "composite", List.of("v varchar(20)", "a int", "b varchar(10)"), List.of(1, 2), List.of(), false);
        add(database, "folded", List.of("name varchar(10)", "v varchar(20)"), List.of(0), List.of(), true);
        add(database, "uniques", List.of("id int", "u int", "v varchar(20)"), List.of(0), List.of(List.of(1)), false);
        add(database, "keyless", List.of("a int", "v varchar(20)"), List.of(), List.of(), false);
        add(database, "counter", List.of("n int"), List.of(), List.of(), false);
    }

    static String[] ddl(String database) {
        return new String[] {
            "CREATE TABLE " + database + ".plain (id INT PRIMARY KEY, v VARCHAR(20))",
            "CREATE TABLE " + database + ".composite (v VARCHAR(20), a INT, b VARCHAR(10) COLLATE utf8mb4_bin,"
                    + " PRIMARY KEY (a, b))",
            "CREATE TABLE " + database + ".folded (name VARCHAR(10) COLLATE utf8mb4_general_ci PRIMARY KEY,"
                    + " v VARCHAR(20))",
            "CREATE TABLE " + database + ".uniques (id INT PRIMARY KEY, u INT UNIQUE, v VARCHAR(20))",
            "CREATE TABLE " + database + ".keyless (a INT, v VARCHAR(20))",
            "CREATE TABLE " + database + ".counter (n INT)"
        };
    }

    private void add(
            String database,
            String name,
            List<String> columns,
            List<Integer> key,
            List<List<Integer>> unique,
            boolean fold) {
        tables.add(new Table(Tables.table(tables.size() + 1, database, name, columns, key, unique), fold));
    }

    /** What a partition's queue is to bring, in order; the first is entry 1. */
    List<Change> log(int partition) {
        return logs.get(partition);
    }

    void grow(int changes) {
        for (int i = 0; i < changes; i++) {
            change(tables.get(random.nextInt(tables.size())));
        }
    }

    /** The rows of a table as {@code SELECT} gives them, in any order. */
    List<String> rows(String name) {
        Table table = tables.stream()
                .filter(t -> t.line.name().equals(name))
                .findFirst()
                .orElseThrow();
        return table.rows.stream().map(History::asText).toList();
    }

    List<String> tableNames() {
        return tables.stream().map(table -> table.line.name()).toList();
    }

    private void change(Table table) {
        if (table.line.name().equals("counter")) {
            // inserts alone, each of its own number: a repeated or lost one shows
            String[] row = {Integer.toString(counter++)};
            table.rows.add(row);
            log(table, null, row);
            return;
        }
        String[] before = table.rows.isEmpty() ? null : table.rows.get(random.nextInt(table.rows.size()));
        int what = random.nextInt(5);
        if (what < 2 || before == null) {
            String[] row = randomRow(table);
            if (allowed(table, null, row)) {
                table.rows.add(row);
                log(table, null, row);
            }
        } else if (what == 2) {
            table.rows.remove(before);
            log(table, before, null);
        } else {
            String[] after = before.clone();
            String[] other = randomRow(table);
            for (int i = 0; i < after.length; i++) {
                boolean key = table.line.key().contains(i);
                if (random.nextInt(key ? 6 : 2) == 0) {
                    after[i] = other[i];
                }
            }
            if (allowed(table, before, after)) {
                table.rows.set(table.rows.indexOf(before), after);
                if (keyChanged(table, before, after)) {
                    log(table, before, null);
                    log(table, null, after);
                } else {
                    log(table, before, after);
                }
            }
        }
    }

    private String[] randomRow(Table table) {
        List<Column> columns = table.line.columns();
        String[] row = new String[columns.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = switch (columns.get(i).name()) {
                case "id" -> Integer.toString(random.nextInt(40));
                case "a" -> Integer.toString(random.nextInt(6));
                case "b" -> NAMES[random.nextInt(NAMES.length)];
                case "u" -> random.nextInt(4) == 0 ? "null" : Integer.toString(random.nextInt(30));
                case "name" -> NAMES[random.nextInt(NAMES.length)];
                default -> TEXTS[random.nextInt(TEXTS.length)];
            };
        }
        return row;
    }

    private boolean allowed(Table table, String[] replaced, String[] row) {
        for (String[] other : table.rows) {
            if (other != replaced) {
                if (!table.line.key().isEmpty() && key(table, other).equals(key(table, row))) {
                    return false;
                }
                for (List<Integer> unique : table.line.unique()) {
                    int column = unique.get(0);
                    if (!row[column].equals("null") && other[column].equals(row[column])) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static String key(Table table, String[] row) {
        StringBuilder key = new StringBuilder();
        table.line.key().forEach(ordinal -> key.append(row[ordinal]).append('|'));
        return table.ignoresCase ? key.toString().toLowerCase(Locale.ROOT) : key.toString();
    }

    private static boolean keyChanged(Table table, String[] before, String[] after) {
        return table.line.key().stream().anyMatch(ordinal -> !before[ordinal].equals(after[ordinal]));
    }

    private void log(Table table, String[] before, String[] after) {
        long h;
        if (table.spread) {
            hash.start();
            for (int ordinal : table.line.key()) {
                byte[] cell = (before == null ? after : before)[ordinal].getBytes(StandardCharsets.UTF_8);
                if (table.line.columns().get(ordinal).textual()) {
                    hash.text(cell, 0, cell.length);
                } else {
                    hash.exact(cell, 0, cell.length);
                }
            }
            h = hash.finish();
        } else {
            h = KeyHash.ofTable("t", table.line.name());
        }
        logs.get(KeyHash.partition(h, partitions)).add(new Change(table.line, before, after));
    }

    private static String asText(String[] row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row) {
            byte[] json = cell.getBytes(StandardCharsets.UTF_8);
            cells.add(CellText.decode(json, 0, json.length));
        }
        return String.join("|", cells);
    }
}
