package dev.sluice.apply;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.KeyHash;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.RowLineWriter;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.message.TransactionLine;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source in memory whose tables are so small that unique values are swapped, reused and passed on all the time; it
 * writes its transactions as messages of a source log. What a collation holds equal it holds equal too.
 */
final class KeyedSource {
    /** What a capture tells of the keys; the unsafe ways are here to show that the histories find them out. */
    enum Telling {
        ALL,
        NO_UNIQUE_KEYS,
        EXACT_HASHES
    }

    private static final class Table {
        final TableLine line;
        final List<List<Integer>> unique;
        final List<String[]> rows = new ArrayList<>();

        Table(TableLine line, List<List<Integer>> unique) {
            this.line = line;
            this.unique = unique;
        }
    }

    private static final String[] NAMES = {
        "\"ann\"", "\"Ann\"", "\"ÄNN\"", "\"bob\"", "\"BOB\"", "\"böb\"", "\"zoe\"", "\"Zoë\"", "\"kim \"", "\"KIM\""
    };

    private final Random random;
    private final Telling telling;
    private final List<Table> tables = new ArrayList<>();
    private final KeyHash hash = new KeyHash();
    private LineBuffer body = new LineBuffer(4_096);
    private Set<Integer> described = new HashSet<>();
    private int entries;
    private int serial;

    KeyedSource(long seed, String database, Telling telling) {
        random = new Random(seed);
        this.telling = telling;
        add(database, "one", List.of("id int", "u int", "v int"), List.of(0), List.of(List.of(1)));
        add(
                database,
                "three",
                List.of("id int", "u int", "name varchar(10)", "x int", "y varchar(10)", "v int"),
                List.of(0),
                List.of(List.of(1), List.of(2), List.of(3, 4)));
        add(database, "folded", List.of("name varchar(10)", "v int"), List.of(0), List.of());
        add(database, "moved", List.of("x int", "name varchar(10)", "v int"), List.of(0, 1), List.of());
        add(database, "keyless", List.of("u int", "name varchar(10)", "v int"), List.of(), List.of());
        add(database, "counted", List.of("n int"), List.of(), List.of());
    }

    /** The tables at a target, whose names compare as at the source, or by their exact characters. */
    static String[] ddl(String database, boolean folding) {
        String name = folding ? "VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci" : "VARCHAR(10)";
        return new String[] {
            "CREATE TABLE " + database + ".one (id INT PRIMARY KEY, u INT UNIQUE, v INT)",
            "CREATE TABLE " + database + ".three (id INT PRIMARY KEY, u INT UNIQUE, name " + name + " UNIQUE, x INT, y "
                    + name + ", v INT, UNIQUE (x, y))",
            "CREATE TABLE " + database + ".folded (name " + name + " PRIMARY KEY, v INT)",
            "CREATE TABLE " + database + ".moved (x INT, name " + name + ", v INT, PRIMARY KEY (x, name))",
            "CREATE TABLE " + database + ".keyless (u INT, name " + name + ", v INT)",
            "CREATE TABLE " + database + ".counted (n INT)"
        };
    }

    private void add(
            String database, String name, List<String> columns, List<Integer> key, List<List<Integer>> unique) {
        List<Column> all = columns.stream()
                .map(column -> column.split(" "))
                .map(parts -> new Column(parts[0], parts[1]))
                .toList();
        List<List<Integer>> told = telling == Telling.NO_UNIQUE_KEYS ? List.of() : unique;
        tables.add(new Table(new TableLine(tables.size() + 1, database, name, all, key, told, null, null), unique));
    }

    List<String> tableNames() {
        return tables.stream().map(table -> table.line.name()).toList();
    }

    /** The rows of a table as {@code SELECT} gives them, in any order. */
    List<String> rows(String name) {
        Table table = tables.stream()
                .filter(t -> t.line.name().equals(name))
                .findFirst()
                .orElseThrow();
        return table.rows.stream().map(KeyedSource::asText).toList();
    }

    /** Carries out some transactions; the message of a source log with their rows. */
    byte[] transactions(int count) {
        body = new LineBuffer(4_096);
        described = new HashSet<>();
        entries = 0;
        for (int i = 0; i < count; i++) {
            Lines.write(
                    body, new TransactionLine(null, "binlog.000001", 4, 1_700_000_000_000_000L, 0, null, null, null));
            int before = entries;
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                act(tables.get(random.nextInt(tables.size())));
            }
            Lines.writeCommit(body, entries - before);
        }
        return body.toByteArray();
    }

    private void act(Table table) {
        if (table.line.name().equals("counted")) {
            insert(table, new String[] {Integer.toString(serial++)});
            return;
        }
        String[] row = table.rows.isEmpty() ? null : table.rows.get(random.nextInt(table.rows.size()));
        switch (row == null ? 0 : random.nextInt(8)) {
            case 0, 1, 2 -> insert(table, randomRow(table));
            case 3 -> delete(table, row);
            case 4 -> passOn(table, row);
            case 5 -> swap(table, row);
            default -> update(table, row, changed(table, row));
        }
    }

    /** Deletes a row and gives all its unique values to a new one. */
    private void passOn(Table table, String[] row) {
        String[] heir = row.clone();
        String[] other = randomRow(table);
        for (int ordinal : table.line.key()) {
            heir[ordinal] = other[ordinal];
        }
        delete(table, row);
        insert(table, heir);
    }

    /** Rotates a unique value through up to four rows, by way of NULL. */
    private void swap(Table table, String[] row) {
        if (table.unique.isEmpty() || table.rows.size() < 2) {
            return;
        }
        List<Integer> columns = table.unique.get(random.nextInt(table.unique.size()));
        List<String[]> ring = new ArrayList<>();
        ring.add(row);
        for (int i = 0; i < 3; i++) {
            String[] next = table.rows.get(random.nextInt(table.rows.size()));
            if (ring.stream().noneMatch(member -> member == next)) {
                ring.add(next);
            }
        }
        String[] first = ring.get(0);
        String[] nobody = first.clone();
        columns.forEach(ordinal -> nobody[ordinal] = "null");
        if (!update(table, first, nobody)) {
            return;
        }
        ring.set(0, nobody);
        String[] last = first;
        for (int i = 1; i < ring.size(); i++) {
            String[] before = ring.get(i);
            update(table, before, with(before, columns, last));
            last = before;
        }
        update(table, nobody, with(nobody, columns, last));
    }

    private static String[] with(String[] row, List<Integer> columns, String[] from) {
        String[] changed = row.clone();
        columns.forEach(ordinal -> changed[ordinal] = from[ordinal]);
        return changed;
    }

    private String[] changed(Table table, String[] row) {
        String[] after = row.clone();
        String[] other = randomRow(table);
        for (int i = 0; i < after.length; i++) {
            if (random.nextInt(3) == 0) {
                after[i] = other[i];
            }
        }
        return after;
    }

    private String[] randomRow(Table table) {
        return table.line.columns().stream()
                .map(column -> switch (column.name()) {
                    case "id" -> Integer.toString(random.nextInt(24));
                    case "u" -> random.nextInt(5) == 0 ? "null" : Integer.toString(random.nextInt(20));
                    case "x" -> Integer.toString(random.nextInt(4));
                    case "name", "y" -> NAMES[random.nextInt(NAMES.length)];
                    default -> Integer.toString(random.nextInt(1_000_000));
                })
                .toArray(String[]::new);
    }

    private void insert(Table table, String[] row) {
        if (allowed(table, null, row)) {
            table.rows.add(row);
            head(RowOp.INSERT, table, row);
            end(row);
        }
    }

    private void delete(Table table, String[] row) {
        table.rows.removeIf(other -> other == row);
        head(RowOp.DELETE, table, row);
        end(row);
    }

    private boolean update(Table table, String[] before, String[] after) {
        if (Arrays.equals(before, after) || !allowed(table, before, after)) {
            return false;
        }
        for (int i = 0; i < table.rows.size(); i++) {
            if (table.rows.get(i) == before) {
                table.rows.set(i, after);
            }
        }
        RowLineWriter writer = head(RowOp.UPDATE, table, after);
        if (table.line.key().stream().anyMatch(ordinal -> !before[ordinal].equals(after[ordinal]))) {
            writer.oldKey(keyHash(table, before));
        }
        LineBuffer out = writer.changed();
        String comma = "";
        for (int i = 0; i < before.length; i++) {
            if (!before[i].equals(after[i])) {
                out.ascii(comma).number(i);
                comma = ",";
            }
        }
        out = writer.old();
        comma = "";
        for (int i = 0; i < before.length; i++) {
            if (!before[i].equals(after[i])) {
                out.ascii(comma).put(before[i].getBytes(StandardCharsets.UTF_8));
                comma = ",";
            }
        }
        writer.endOld();
        end(after);
        return true;
    }

    private boolean allowed(Table table, String @Nullable [] replaced, String[] row) {
        List<List<Integer>> all = new ArrayList<>(table.unique);
        if (!table.line.key().isEmpty()) {
            all.add(table.line.key());
        }
        for (String[] other : table.rows) {
            for (List<Integer> key : all) {
                if (other != replaced
                        && key.stream().noneMatch(ordinal -> row[ordinal].equals("null"))
                        && key.stream()
                                .allMatch(ordinal -> folded(other[ordinal]).equals(folded(row[ordinal])))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What general_ci and PAD SPACE make of a value. */
    private static String folded(String cell) {
        return Normalizer.normalize(cell, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replace(" ", "");
    }

    private RowLineWriter head(RowOp op, Table table, String[] row) {
        if (described.add(table.line.table())) {
            Lines.write(body, table.line);
        }
        entries++;
        RowLineWriter writer = new RowLineWriter(body);
        return table.line.key().isEmpty()
                ? writer.unkeyed(op, table.line.table())
                : writer.keyed(op, table.line.table(), keyHash(table, row));
    }

    private void end(String[] cells) {
        byte[] row = String.join(",", cells).getBytes(StandardCharsets.UTF_8);
        new RowLineWriter(body).row(row, 0, row.length);
    }

    private long keyHash(Table table, String[] row) {
        hash.start();
        for (int ordinal : table.line.key()) {
            byte[] cell = row[ordinal].getBytes(StandardCharsets.UTF_8);
            if (table.line.columns().get(ordinal).textual() && telling != Telling.EXACT_HASHES) {
                hash.text(cell, 0, cell.length);
            } else {
                hash.exact(cell, 0, cell.length);
            }
        }
        return hash.finish();
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
