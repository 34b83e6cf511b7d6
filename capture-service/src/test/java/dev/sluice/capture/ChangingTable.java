package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.message.RowOp;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A table that changes its columns and its name while rows are written to it. Each value tells the column that it was
 * written to, and each row the names of all columns at that time, so that a log can be judged by itself.
 */
final class ChangingTable {
    private static final int DML_PER_DDL = 12;
    /** So that who reads keeps up with whoever changes several tables. */
    private static final Duration PACE = Duration.ofMillis(2);

    private final DatabaseServer server;
    private final String schema;
    private final Random random;
    private final List<Column> columns = new ArrayList<>();
    private final String base;
    private String table;
    private int names;
    private int keys;
    private int statements;

    /** A column; the name begins with its number, which its values tell. */
    private record Column(String name, int number, String kind) {}

    ChangingTable(DatabaseServer server, String schema, String table, Random random) {
        this.server = server;
        this.schema = schema;
        this.base = table;
        this.table = table;
        this.random = random;
    }

    String name() {
        return schema + "." + table;
    }

    /** A table of one row, written when all is settled. */
    String done() {
        return schema + ".done_" + base;
    }

    void create(Statement statement) throws SQLException {
        columns.clear();
        columns.add(new Column("id", 0, "INT PRIMARY KEY"));
        columns.add(new Column("cols", 0, "VARCHAR(2000) CHARACTER SET utf8mb4"));
        for (int i = 0; i < 3; i++) {
            columns.add(column());
        }
        statement.execute("CREATE TABLE " + name() + " ("
                + columns.stream().map(c -> c.name + " " + c.kind).collect(Collectors.joining(", ")) + ")");
    }

    private Column column() {
        int number = 1 + names++;
        String kind =
                switch (random.nextInt(6)) {
                    case 0 -> "INT";
                    case 1 -> "BIGINT UNSIGNED";
                    case 2 -> "VARCHAR(60) CHARACTER SET latin1";
                    case 3 -> "VARCHAR(60) CHARACTER SET gbk NOT NULL";
                    case 4 -> "TEXT CHARACTER SET utf8mb4";
                    default -> "ENUM('c" + number + ":x','c" + number + ":\u00fc') CHARACTER SET latin1";
                };
        return new Column("c" + number, number, kind);
    }

    /** Writes rows and changes the table until told to stop. */
    void run(BooleanSupplier enough) throws SQLException {
        run(enough, () -> false);
    }

    /**
     * Writes and changes until it is enough.
     *
     * @param waits whether to do nothing for now
     */
    void run(BooleanSupplier enough, BooleanSupplier waits) throws SQLException {
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_mode=''");
            create(statement);
            while (!enough.getAsBoolean()) {
                if (waits.getAsBoolean()) {
                    LockSupport.parkNanos(PACE.toNanos());
                    continue;
                }
                if (random.nextInt(DML_PER_DDL) == 0) {
                    change(statement);
                } else {
                    write(statement);
                }
                statements++;
                LockSupport.parkNanos(PACE.toNanos());
            }
            settle(statement);
        }
    }

    /** Writes each row once more, so that the log has all of them with the columns of now. */
    private void settle(Statement statement) throws SQLException {
        statement.execute("UPDATE " + name() + " SET cols=CONCAT(" + listed() + ", ' ')");
        statement.execute("CREATE TABLE " + done() + " (id INT PRIMARY KEY)");
        statement.execute("INSERT INTO " + done() + " VALUES (1)");
    }

    private void change(Statement statement) throws SQLException {
        Column victim = any();
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                Column added = column();
                int place = random.nextInt(columns.size()) + 1;
                statement.execute("ALTER TABLE " + name() + " ADD COLUMN " + added.name + " " + added.kind + " AFTER "
                        + columns.get(place - 1).name);
                columns.add(place, added);
            }
            case 2 -> {
                if (columns.size() > 3) {
                    statement.execute("ALTER TABLE " + name() + " DROP COLUMN " + victim.name);
                    columns.remove(victim);
                }
            }
            case 3 -> {
                Column renamed = new Column("c" + victim.number + "_r" + statements, victim.number, victim.kind);
                statement.execute("ALTER TABLE `" + schema + "`.`" + table + "` CHANGE " + victim.name + " "
                        + renamed.name + " " + victim.kind);
                columns.set(columns.indexOf(victim), renamed);
            }
            case 4 -> {
                String other = base + "_" + statements;
                statement.execute("RENAME TABLE " + name() + " TO " + schema + "." + other);
                table = other;
            }
            case 5 -> {
                statement.execute("DROP TABLE " + name());
                create(statement);
            }
            default -> {
                statement.execute("CREATE INDEX i" + statements + " ON " + name() + " (id)");
                statement.execute("TRUNCATE TABLE " + name());
                statement.execute("DROP INDEX i" + statements + " ON " + name());
            }
        }
    }

    private void write(Statement statement) throws SQLException {
        switch (random.nextInt(4)) {
            case 0, 1 ->
                statement.execute("INSERT INTO " + name() + " VALUES ("
                        + columns.stream().map(this::value).collect(Collectors.joining(", ")) + ")");
            case 2 -> {
                Column column = any();
                statement.execute("UPDATE " + name() + " SET cols=" + listed() + ", " + column.name + "="
                        + value(column) + " ORDER BY id DESC LIMIT 3");
            }
            default -> statement.execute("DELETE FROM " + name() + " ORDER BY id LIMIT 1");
        }
    }

    private Column any() {
        List<Column> some = columns.stream().filter(each -> each.number > 0).toList();
        return some.get(random.nextInt(some.size()));
    }

    private String listed() {
        return "'" + columns.stream().map(Column::name).collect(Collectors.joining(",")) + "'";
    }

    private String value(Column column) {
        if (column.number == 0) {
            return column.name.equals("id") ? String.valueOf(++keys) : listed();
        } else if (column.kind.startsWith("INT")) {
            return String.valueOf((random.nextInt(2000) - 1000) * 10_000L + column.number);
        } else if (column.kind.startsWith("BIGINT")) {
            return Long.toUnsignedString(-1L << 60 | (long) random.nextInt(1000) << 20 | column.number);
        } else if (column.kind.startsWith("ENUM")) {
            return "'c" + column.number + (random.nextBoolean() ? ":x'" : ":\u00fc'");
        }
        return "'c" + column.number + (column.kind.contains("gbk") ? ":\u4e2d" : ":\u00e4") + random.nextInt(99) + "'";
    }

    /** Asserts that an entry of any such table has the names of the columns that its values were written to. */
    static void judge(LogReader.Entry entry) {
        List<String> names = entry.table().columns().stream().map(c -> c.name()).toList();
        String told = String.valueOf(entry.cell("cols")).strip();
        if (entry.op() != RowOp.DELETE) {
            assertThat(String.join(",", names)).as("entry %d", entry.seq()).isEqualTo(told);
        }
        for (int i = 0; i < names.size(); i++) {
            String cell = entry.cells().get(i);
            if (names.get(i).startsWith("c") && !names.get(i).equals("cols") && cell != null && !cell.isEmpty()) {
                int number = Integer.parseInt(names.get(i).substring(1).split("_")[0]);
                boolean right = cell.startsWith("c" + number + ":")
                        || cell.matches("-?\\d+")
                                && (cell.length() > 17
                                        ? (Long.parseUnsignedLong(cell) & 0xfffff) == number
                                        : Math.floorMod(Long.parseLong(cell), 10_000) == number
                                                || Long.parseLong(cell) == 0);
                assertThat(right)
                        .as("entry %d: %s = %s", entry.seq(), names.get(i), cell)
                        .isTrue();
            }
        }
    }

    /** What the log says of the rows that were settled, by their keys. */
    Map<String, List<String>> settled(LogReader log) {
        Map<String, List<String>> rows = new HashMap<>();
        for (LogReader.Entry entry : log.rows(name())) {
            if (String.valueOf(entry.cell("cols")).endsWith(" ")) {
                rows.put(String.valueOf(entry.cell("id")), entry.cells());
            }
        }
        return rows;
    }

    /** What SELECT says, by the value of the first column that is the key. */
    Map<String, List<String>> selected() throws SQLException {
        Map<String, List<String>> rows = new HashMap<>();
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + name())) {
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    cells.add(result.getString(i));
                }
                rows.put(result.getString("id"), cells);
            }
        }
        return rows;
    }
}
