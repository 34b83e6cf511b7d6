package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.binlog.row.RowOp;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that the log holds only in part: carried out in order they give what SELECT shows, with absent never taken for NULL. */
class RowImageIT {
    private static final String TABLE = "(id INT AUTO_INCREMENT PRIMARY KEY, a INT DEFAULT 5, b VARCHAR(20), c TEXT,"
            + " d BIGINT UNSIGNED NOT NULL DEFAULT 18446744073709551615)";
    private static final List<String> DEFAULTS = List.of("", "5", "null", "null", "18446744073709551615");
    private static final int STEPS = 300;
    private static final String LAST = "999999";

    @ParameterizedTest
    @CsvSource({"MYSQL_8_0, MINIMAL", "MYSQL_8_0, NOBLOB", "MARIADB_10_11, MINIMAL", "MARIADB_10_11, NOBLOB"})
    void randomChangesGiveTheTable(TestSource source, String image) throws Exception {
        check(source, image);
    }

    @ParameterizedTest
    @Tag("extended")
    @CsvSource({
        "MYSQL_9_7, MINIMAL",
        "MYSQL_9_7, NOBLOB",
        "MARIADB_11_4, MINIMAL",
        "MARIADB_11_4, NOBLOB",
        "MARIADB_11_4, FULL_NODUP"
    })
    void randomChangesGiveTheTableOnOtherVersions(TestSource source, String image) throws Exception {
        assumeTrue(source.available());
        check(source, image);
    }

    @ParameterizedTest
    @CsvSource({"MYSQL_8_0", "MARIADB_10_11"})
    void withoutAPrimaryKeyTheRowIsTold(TestSource source) throws Exception {
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute(
                "CREATE TABLE " + schema + ".n (a INT, b TEXT)",
                "CREATE TABLE " + schema + ".u (a INT NOT NULL UNIQUE, b TEXT, c INT)");
        SourcePositions before = TestSource.positions(server);
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION binlog_row_image=MINIMAL");
            for (String sql : List.of(
                    "INSERT INTO n VALUES (1, 'x')",
                    "UPDATE n SET a=2",
                    "DELETE FROM n",
                    "INSERT INTO u VALUES (1, 'x', 7)",
                    "UPDATE u SET c=8, a=1",
                    "UPDATE u SET a=2",
                    "DELETE FROM u")) {
                statement.execute(sql);
            }
        }
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            List<Collected.Row> rows = new Collected(schema).readRows(reader, 7).rows;
            assertThat(rows)
                    .extracting(Collected.Row::cells)
                    .containsExactly(
                            List.of("1", "\"x\""),
                            List.of("2", "\"x\""),
                            List.of("2", "\"x\""),
                            List.of("1", "\"x\"", "7"),
                            List.of("1", "", "8"),
                            List.of("2", "", ""),
                            List.of("2", "", ""));
            assertThat(rows.get(1).old()).containsOnlyKeys("a");
            assertThat(rows.get(4).old()).isEmpty();
            assertThat(rows.get(5).old()).containsEntry("a", "1");
        }
    }

    /** MariaDB logs all columns then; MySQL refuses the statement. */
    @Test
    void insertsThatNameNoColumnAreRows() throws Exception {
        DatabaseServer server = TestSource.MARIADB_10_11.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".e (a INT DEFAULT 3, b INT)");
        SourcePositions before = TestSource.positions(server);
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION binlog_row_image=MINIMAL");
            statement.execute("INSERT INTO e () VALUES ()");
            statement.execute("INSERT INTO e () VALUES (), ()");
            statement.execute("INSERT INTO e VALUES (1, 2)");
        }
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            Collected found = new Collected(schema);
            found.readUntil(
                    reader,
                    () -> !found.rows.isEmpty()
                            && found.rows.get(found.rows.size() - 1).cells().equals(List.of("1", "2")));
            assertThat(found.rows).hasSize(4);
        }
    }

    private static void check(TestSource source, String image) throws Exception {
        long seed = System.nanoTime();
        System.out.println("RowImageIT " + source + " " + image + " seed " + seed);
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".t " + TABLE);
        SourcePositions before = TestSource.positions(server);
        TreeMap<String, List<String>> expected = new TreeMap<>();
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION binlog_row_image=" + image);
            changeAtRandom(statement, new Random(seed));
            statement.execute("INSERT INTO t (id) VALUES (" + LAST + ")");
            try (ResultSet result = statement.executeQuery("SELECT id, a, b, c, d FROM t")) {
                while (result.next()) {
                    expected.put(result.getString(1), row(result));
                }
            }
        }
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            Collected found = new Collected(schema);
            List<Collected.Row> rows = found.rows;
            found.readUntil(
                    reader,
                    () -> !rows.isEmpty()
                            && LAST.equals(rows.get(rows.size() - 1).cells().get(0)));
            boolean whole = image.equals("FULL_NODUP");
            assertThat(rows.stream().anyMatch(row -> row.cells().contains(""))).isEqualTo(!whole);
            assertThat(carriedOut(rows)).isEqualTo(expected);
        }
    }

    private static void changeAtRandom(Statement statement, Random random) throws SQLException {
        for (int i = 0; i < STEPS; i++) {
            String where = " WHERE id=" + (1 + random.nextInt(40));
            List<String> columns = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (String column : List.of("a", "b", "c", "d")) {
                if (random.nextBoolean()) {
                    columns.add(column);
                    values.add(value(column, random));
                }
            }
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    statement.execute("INSERT IGNORE INTO t (" + String.join(",", columns) + ") VALUES ("
                            + String.join(",", values) + ")");
                }
                case 2 -> statement.execute("DELETE FROM t" + where);
                default -> {
                    if (random.nextInt(8) == 0) {
                        columns.add("id");
                        values.add(String.valueOf(1000 + i));
                    }
                    if (!columns.isEmpty()) {
                        List<String> sets = new ArrayList<>();
                        for (int k = 0; k < columns.size(); k++) {
                            sets.add(columns.get(k) + "=" + values.get(k));
                        }
                        statement.execute("UPDATE t SET " + String.join(",", sets) + where);
                    }
                }
            }
        }
    }

    private static String value(String column, Random random) {
        if (column.equals("d")) {
            return random.nextBoolean() ? "0" : "18446744073709551615";
        }
        if (random.nextInt(3) == 0) {
            return "NULL";
        }
        return column.equals("a") ? String.valueOf(random.nextInt(3)) : "'v" + random.nextInt(3) + "'";
    }

    private static TreeMap<String, List<String>> carriedOut(List<Collected.Row> rows) {
        TreeMap<String, List<String>> table = new TreeMap<>();
        for (Collected.Row row : rows) {
            List<String> cells = new ArrayList<>(row.cells());
            String id = row.old().getOrDefault("id", cells.get(0));
            List<String> known = row.op() == RowOp.INSERT ? DEFAULTS : table.remove(id);
            assertThat(known).as("row " + id + " before " + row).isNotNull();
            for (int i = 0; i < cells.size(); i++) {
                if (cells.get(i).isEmpty()) {
                    cells.set(i, known.get(i));
                }
            }
            if (row.op() != RowOp.DELETE) {
                table.put(cells.get(0), cells);
            }
        }
        return table;
    }

    private static List<String> row(ResultSet result) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            String value = result.getString(i);
            cells.add(value == null ? "null" : i == 3 || i == 4 ? '"' + value + '"' : value);
        }
        return cells;
    }
}
