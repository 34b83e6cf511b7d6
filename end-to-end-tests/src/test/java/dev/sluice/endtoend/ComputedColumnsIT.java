package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.PostgresServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a mapping computes arrives at other kinds of target, in tables made for it, as MySQL itself computes it. */
@Tag("extended")
class ComputedColumnsIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final int CHANGES = 800;

    /** A column of each type that an expression can have, and of each group of columns that statements change together. */
    private static final Map<String, String> EXPRESSIONS = new LinkedHashMap<>();

    static {
        EXPRESSIONS.put("full_name", "CONCAT(UPPER(first), ' ', last)");
        EXPRESSIONS.put("any_name", "COALESCE(first, last, 'none')");
        EXPRESSIONS.put("initials", "CONCAT_WS('.', LEFT(first, 1), LEFT(last, 1), '')");
        EXPRESSIONS.put("cut", "SUBSTRING(REPLACE(last, 'i', '''\\'), 2, 4)");
        EXPRESSIONS.put("width", "CHAR_LENGTH(first) - 3");
        EXPRESSIONS.put("total", "price * pieces");
        EXPRESSIONS.put("rounded", "ROUND(price - pieces, 1)");
        EXPRESSIONS.put("other", "NULLIF(pieces, 50)");
        EXPRESSIONS.put("size", "CASE WHEN pieces > 50 THEN 'large' WHEN pieces IS NULL THEN NULL ELSE 'small' END");
        EXPRESSIONS.put("dear", "IF(price > 20, 'dear', 'cheap')");
        EXPRESSIONS.put("month", "LEFT(born, 7)");
        EXPRESSIONS.put("year", "YEAR(born)");
        EXPRESSIONS.put("day", "DATE(at)");
        EXPRESSIONS.put("label", "LPAD(id, 6, '0')");
    }

    @Test
    void atPostgres() throws Exception {
        arrive("computed-postgres", "POSTGRESQL", SharedServers.postgres());
    }

    @Test
    void atMariaDb() throws Exception {
        arrive("computed-mariadb", "MARIADB", SharedServers.mariadb());
    }

    private static void arrive(String name, String kind, DatabaseServer target) throws Exception {
        System.out.println(name + ": seed " + SEED);
        String schema = name.replace('-', '_');
        Stack stack = SharedStack.get();
        String columns =
                " (id INT{key}, first VARCHAR(20), last VARCHAR(20), price DECIMAL(9,2), pieces INT, born DATE,"
                        + " at DATETIME(3), note TEXT)";
        stack.source()
                .execute(
                        "CREATE DATABASE " + schema,
                        "CREATE TABLE " + schema + ".people" + columns.replace("{key}", " PRIMARY KEY"),
                        "CREATE TABLE " + schema + ".scraps" + columns.replace("{key}", ""));
        SharedStack.dataSources(name);
        AdminClient admin = stack.services().admin();
        assertThat(admin.delete("/data-sources/" + name + "-target").status()).isLessThan(300);
        Map<String, Object> database = new HashMap<>(Map.of(
                "name", name + "-target",
                "kind", kind,
                "host", target.host(),
                "port", target.port(),
                "username", target.user(),
                "password", target.password()));
        if (kind.equals("POSTGRESQL")) {
            database.put("database", PostgresServer.DATABASE);
        }
        admin.create("/data-sources", database);
        SharedStack.channel(
                name,
                List.of(SharedStack.pipeline(
                        name,
                        name,
                        List.of(
                                mapping(schema, "people", List.of("id", "note")),
                                // where rows are found by their contents, all of them have to be there
                                mapping(schema, "scraps", List.of())),
                        Map.of("partitions", 3))));

        change(stack.source(), schema, new Random(SEED));

        String theirs = EXPRESSIONS.values().stream()
                // a text in MySQL's quotes may have escapes
                .map(expression -> expression.replace("\\", "\\\\"))
                .collect(Collectors.joining(", "));
        String ours = String.join(", ", EXPRESSIONS.keySet());
        for (String table : List.of("people", "scraps")) {
            String from = " FROM " + schema + "." + table;
            List<String> expected = rows(stack.source(), "SELECT id, note, " + theirs + from);
            assertThat(expected).as("seed " + SEED).hasSizeGreaterThan(10);
            SharedStack.await(() -> {
                assertThat(tables(target, schema)).contains(table);
                assertThat(rows(target, "SELECT id, note, " + ours + from))
                        .as(table + ", seed " + SEED)
                        .isEqualTo(expected);
            });
        }
        SharedStack.remove(name);
    }

    private static Map<String, Object> mapping(String schema, String table, List<String> columns) {
        return Map.of(
                "schema",
                schema,
                "table",
                table,
                "createTable",
                true,
                "columns",
                Map.of("include", columns),
                "set",
                EXPRESSIONS.entrySet().stream()
                        .map(each -> Map.of("column", each.getKey(), "expression", each.getValue()))
                        .toList());
    }

    /** Sessions that log only what a change needs write either all that a column is made of, or nothing of it. */
    private static void change(DatabaseServer source, String schema, Random random) throws SQLException {
        try (Connection full = source.connect();
                Connection minimal = source.connect()) {
            run(minimal, "SET SESSION binlog_row_image = MINIMAL");
            for (int i = 0; i < CHANGES; i++) {
                String table = schema + (random.nextBoolean() ? ".people" : ".scraps");
                int id = random.nextInt(60);
                String names = "first = " + name(random) + ", last = " + name(random);
                String numbers = "price = " + (random.nextInt(10_000) - 3_000) / 100.0 + ", pieces = "
                        + (random.nextInt(5) == 0 ? "NULL" : "" + random.nextInt(100));
                String times = "born = '19" + (10 + random.nextInt(90)) + "-0" + (1 + random.nextInt(9)) + "-28', at = "
                        + (random.nextInt(5) == 0
                                ? "NULL"
                                : "'2024-02-29 23:59:59." + (100 + random.nextInt(900)) + "'");
                String where = " WHERE id = " + id;
                Connection any = random.nextBoolean() ? full : minimal;
                switch (random.nextInt(9)) {
                    case 0, 1, 2, 3 ->
                        run(
                                full,
                                "INSERT IGNORE INTO " + table + " SET id = " + id + ", note = 'n', " + names + ", "
                                        + numbers + ", " + times);
                    case 4 -> run(any, "UPDATE " + table + " SET " + names + where);
                    case 5 -> run(any, "UPDATE " + table + " SET " + numbers + where);
                    case 6 -> run(any, "UPDATE " + table + " SET " + times + where);
                    case 7 -> run(any, "UPDATE " + table + " SET note = 'm" + i + "'" + where);
                    default -> run(any, "DELETE FROM " + table + where);
                }
            }
        }
    }

    private static String name(Random random) {
        List<String> names = List.of("NULL", "''", "'né Müller'", "'O''Neil'", "'c:\\\\dir'", "'日本 😀'", "' x  '");
        return names.get(random.nextInt(names.size()));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> tables(DatabaseServer server, String schema) throws SQLException {
        return rows(server, "SELECT table_name FROM information_schema.tables WHERE table_schema = '" + schema + "'");
    }

    /** Each row as text, in an order that depends on nothing else; servers differ in zeros behind the point. */
    private static List<String> rows(DatabaseServer server, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String cell = String.valueOf(result.getString(i));
                    boolean fraction = cell.matches("-?\\d+\\.\\d+");
                    cells.add(
                            fraction ? new BigDecimal(cell).stripTrailingZeros().toPlainString() : cell);
                }
                rows.add(String.join("|", cells));
            }
        }
        rows.sort(null);
        return rows;
    }
}
