package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.binlog.TypeMatrix.Column;
import dev.sluice.binlog.TypeMatrix.Table;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.SelectedRow;
import dev.sluice.binlog.schema.LiveTables;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a row decodes to is what SELECT says on the source, for every type, at its bounds and for random values, when it is
 * inserted, updated and deleted.
 */
class TypeMatrixIT {
    private static final int ROWS = Integer.getInteger("sluice.rows", 60);
    private static final int ROWS_PER_STATEMENT = 20;

    @ParameterizedTest
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_8_0", "MARIADB_10_11"})
    void everyTypeDecodesToWhatSelectSays(TestSource source) throws Exception {
        check(source.name(), source.server(), types(source), null);
    }

    @ParameterizedTest
    @Tag("extended")
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_9_7", "MARIADB_11_4"})
    void everyTypeOfOtherVersionsDecodesToWhatSelectSays(TestSource source) throws Exception {
        assumeTrue(source.available());
        check(source.name(), source.server(), types(source), null);
    }

    @ParameterizedTest
    @Tag("extended")
    @EnumSource(BareSource.class)
    void everyTypeDecodesToWhatSelectSaysWithoutNamesInTheLog(BareSource source) throws Exception {
        try (DatabaseServer server = source.start();
                LiveTables live = LiveTables.open(TestSource.address(server), Duration.ofSeconds(60))) {
            TypeMatrix.Json json =
                    switch (source) {
                        case MYSQL_5_7 -> TypeMatrix.Json.AS_UP_TO_5_7;
                        case MYSQL_8_0_MINIMAL -> TypeMatrix.Json.AS_SINCE_8_0;
                        case MARIADB_10_11_NO_LOG -> TypeMatrix.Json.NONE;
                    };
            check(source.name(), server, new TypeMatrix.Server(json, source.isMariaDb(), false), live);
        }
    }

    private static TypeMatrix.Server types(TestSource source) {
        return new TypeMatrix.Server(
                source.isMariaDb() ? TypeMatrix.Json.NONE : TypeMatrix.Json.AS_SINCE_8_0,
                source.knowsInvisible(),
                source == TestSource.MYSQL_9_7);
    }

    /** Of a source without names in its log, the tables are looked up. */
    private static void check(String source, DatabaseServer server, TypeMatrix.Server types, @Nullable LiveTables live)
            throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("TypeMatrixIT " + source + " seed " + seed + " (-Dsluice.seed=" + seed + ")");
        List<Table> tables = TypeMatrix.tables(new Random(seed), types, ROWS);
        String schema = Databases.create(server);
        SourcePositions before = TestSource.positions(server);
        Map<String, List<List<String>>> inserted = new TreeMap<>();
        Map<String, List<List<String>>> updated = new TreeMap<>();
        try (Connection connection = connect(server, schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_mode='', time_zone='+00:00'");
            for (Table table : tables) {
                statement.execute(create(table));
                for (int from = 0; from < ROWS; from += ROWS_PER_STATEMENT) {
                    statement.execute(insert(table, from));
                }
                inserted.put(table.name(), select(statement, table));
            }
        }
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            Collected found = new Collected(schema, live).readRows(reader, ROWS * tables.size());
            Map<String, List<Collected.Row>> rows = byTable(found.rows);
            SoftAssertions soft = new SoftAssertions();
            for (Table table : tables) {
                compare(soft, table, rows.get(table.name()), inserted.get(table.name()));
                compareSelected(soft, server, schema, rows.get(table.name()));
            }
            soft.assertAll();

            try (Connection connection = connect(server, schema);
                    Statement statement = connection.createStatement()) {
                statement.execute("SET sql_mode='', time_zone='+00:00'");
                for (Table table : tables) {
                    statement.execute("UPDATE " + table.name() + " SET id = id + 1000000");
                    updated.put(table.name(), select(statement, table));
                    statement.execute("DELETE FROM " + table.name());
                }
            }
            int before2 = found.rows.size();
            found.readRows(reader, 3 * before2);
            rows = byTable(found.rows.subList(before2, 3 * before2));
            for (Table table : tables) {
                List<Collected.Row> both = rows.get(table.name());
                assertThat(both.subList(0, ROWS)).allMatch(row -> row.op() == RowOp.UPDATE);
                assertThat(both.subList(ROWS, 2 * ROWS)).allMatch(row -> row.op() == RowOp.DELETE);
                compare(soft, table, both.subList(0, ROWS), updated.get(table.name()));
                compare(soft, table, both.subList(ROWS, 2 * ROWS), updated.get(table.name()));
            }
            soft.assertAll();
        }
        report(source, tables);
    }

    private static void report(String source, List<Table> tables) {
        System.out.println("TypeMatrixIT " + source + " covered, each with and without NULLs, in " + tables.size()
                + " tables of " + ROWS + " rows inserted, updated and deleted: "
                + tables.stream()
                        .flatMap(table -> table.columns().stream())
                        .map(Column::type)
                        .map(type -> type.length() > 60 ? type.substring(0, 20) + "\u2026" : type)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }

    private static String create(Table table) {
        return "CREATE TABLE " + table.name() + " (id INT UNSIGNED PRIMARY KEY, "
                + table.columns().stream()
                        .map(column -> column.name() + " " + column.type() + column.options())
                        .collect(Collectors.joining(", "))
                + ") ROW_FORMAT=DYNAMIC";
    }

    private static String insert(Table table, int from) {
        List<Column> given =
                table.columns().stream().filter(column -> !column.generated()).toList();
        StringBuilder insert = new StringBuilder("INSERT INTO " + table.name() + " (id, "
                + given.stream().map(Column::name).collect(Collectors.joining(", ")) + ") VALUES ");
        for (int row = from; row < from + ROWS_PER_STATEMENT; row++) {
            int number = row;
            insert.append(row == from ? "(" : ",(")
                    .append(row + 1)
                    .append(", ")
                    .append(given.stream().map(column -> column.literal(number)).collect(Collectors.joining(", ")))
                    .append(')');
        }
        return insert.toString();
    }

    private static Map<String, List<Collected.Row>> byTable(List<Collected.Row> rows) {
        return rows.stream().collect(Collectors.groupingBy(row -> row.table().table()));
    }

    @ParameterizedTest
    @EnumSource(TestSource.class)
    void anUpdateNamesExactlyTheColumnsThatChanged(TestSource source) throws Exception {
        assumeTrue(source.available());
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute(
                "CREATE TABLE " + schema + ".u (id INT PRIMARY KEY, a VARCHAR(9), b INT, c BLOB, d DATETIME(3))",
                "INSERT INTO " + schema
                        + ".u VALUES (1,'x',2,'blob','2024-01-02 03:04:05.678'), (2,NULL,NULL,NULL,NULL)");
        SourcePositions before = TestSource.positions(server);
        server.execute(
                "UPDATE " + schema + ".u SET a='yy', c=NULL WHERE id=1",
                "UPDATE " + schema + ".u SET b=7, d='2000-01-01' WHERE id=2",
                "UPDATE " + schema + ".u SET id=3 WHERE id=2",
                "DELETE FROM " + schema + ".u WHERE id=3");
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            List<Collected.Row> rows = new Collected(schema).readRows(reader, 4).rows;
            assertThat(rows.get(0).array()).isEqualTo("1,\"yy\",2,null,\"2024-01-02 03:04:05.678\"");
            assertThat(rows.get(0).old())
                    .containsOnlyKeys("a", "c")
                    .containsEntry("a", "\"x\"")
                    .containsEntry("c", "\"YmxvYg==\"");
            assertThat(rows.get(1).old()).containsOnlyKeys("b", "d").containsEntry("b", "null");
            assertThat(rows.get(2).old()).containsOnlyKeys("id").containsEntry("id", "2");
            assertThat(rows.get(3).op()).isEqualTo(RowOp.DELETE);
            assertThat(rows.get(3).array()).isEqualTo("3,null,7,null,\"2000-01-01 00:00:00.000\"");
        }
    }

    private static List<List<String>> select(Statement statement, Table table) throws SQLException {
        String columns = table.columns().stream().map(Column::selected).collect(Collectors.joining(", "));
        List<List<String>> all = new ArrayList<>();
        try (var prepared = statement
                        .getConnection()
                        .prepareStatement("SELECT id, " + columns + " FROM " + table.name() + " ORDER BY id");
                ResultSet result = prepared.executeQuery()) {
            while (result.next()) {
                List<String> row = new ArrayList<>(List.of(result.getString(1)));
                for (int i = 0; i < table.columns().size(); i++) {
                    row.add(table.columns().get(i).expected(result, i + 2));
                }
                all.add(row);
            }
        }
        return all;
    }

    private static void compare(
            SoftAssertions soft, Table table, List<Collected.Row> rows, List<List<String>> expected) {
        assertThat(rows).hasSameSizeAs(expected);
        for (int at = 0; at < rows.size(); at++) {
            List<String> cells = rows.get(at).cells();
            assertThat(cells.get(0)).isEqualTo(expected.get(at).get(0));
            for (int i = 0; i < table.columns().size(); i++) {
                Column column = table.columns().get(i);
                String actual = column.actual(cells.get(i + 1));
                if (!actual.equals(expected.get(at).get(i + 1))) {
                    soft.assertThat(actual)
                            .as("%s of %s%s in row %d", rows.get(at).op(), column.type(), column.options(), at)
                            .isEqualTo(expected.get(at).get(i + 1));
                }
            }
        }
    }

    /** A snapshot selects the same rows and must give the same cells. */
    private static void compareSelected(
            SoftAssertions soft, DatabaseServer server, String schema, List<Collected.Row> rows) throws Exception {
        SelectedRow reader = new SelectedRow(rows.get(0).table());
        try (SourceConnection connection = SourceConnection.open(TestSource.address(server), Duration.ofSeconds(60))) {
            connection.execute("SET NAMES utf8mb4");
            connection.execute("SET SESSION time_zone = '+00:00', sql_mode = ''");
            int[] next = {0};
            String from = schema + "." + rows.get(0).table().table();
            connection.rows("SELECT " + reader.expressions() + " FROM " + from + " ORDER BY id", packet -> {
                DecodedRow selected = reader.read(packet);
                Collected.Row decoded = rows.get(next[0]++);
                for (int i = 0; i < selected.columnCount(); i++) {
                    if (!selected.cell(i).equals(decoded.cells().get(i))) {
                        soft.assertThat(selected.cell(i))
                                .as(
                                        "copied %s of row %d",
                                        decoded.table().columns().get(i), next[0])
                                .isEqualTo(decoded.cells().get(i));
                    }
                }
            });
            assertThat(next[0]).isEqualTo(rows.size());
        }
    }

    /** Over the binary protocol, where floating-point numbers keep all their bits. */
    private static Connection connect(DatabaseServer server, String schema) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(schema) + "&useServerPrepStmts=true&characterEncoding=UTF-8&yearIsDateType=false",
                server.user(),
                server.password());
    }
}
