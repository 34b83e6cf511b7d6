package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where the log holds changes of JSON documents, the rows hold the documents as SELECT shows them. */
class PartialJsonIT {
    private static final int STEPS = 300;
    private static final List<String> KEYS =
            List.of("a", "b2", "ccc", "ä b", "q\"u\\o", "", "1", "$.x[0]", "line\nend");

    @Test
    void randomChangesGiveTheDocuments() throws Exception {
        check(TestSource.MYSQL_8_0, "FULL");
    }

    @Test
    @Tag("extended")
    void randomChangesGiveTheDocumentsOnTheNewestServer() throws Exception {
        assumeTrue(TestSource.MYSQL_9_7.available());
        check(TestSource.MYSQL_9_7, "FULL");
    }

    private static void check(TestSource source, String image) throws Exception {
        long seed = System.nanoTime();
        System.out.println("PartialJsonIT " + source + " seed " + seed);
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".j (id INT PRIMARY KEY, a JSON, v INT, b JSON, c JSON)");
        FilePosition before = TestSource.positions(server).current();
        List<List<@Nullable String>> states = new ArrayList<>();
        int partial;
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION binlog_row_value_options=PARTIAL_JSON, binlog_row_image=" + image);
            Random random = new Random(seed);
            insert(connection, document(random, 0), document(random, 0));
            for (int i = 0; i < STEPS; i++) {
                update(connection, random, random.nextInt(20) == 0);
                states.add(select(statement));
            }
            partial = partialEvents(statement, before);
        }
        assertThat(partial).as("partial events in the log").isGreaterThan(STEPS / 3);
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before)) {
            List<Collected.Row> rows = new Collected(schema).readRows(reader, 1 + STEPS).rows;
            for (int i = 0; i < STEPS; i++) {
                Collected.Row row = rows.get(i + 1);
                List<@Nullable String> after =
                        List.of(text(row.cells().get(1)), text(row.cells().get(3)));
                assertThat(after).as("update " + i).isEqualTo(states.get(i));
                if (i > 0) {
                    String old = row.old().getOrDefault("a", row.cells().get(1));
                    assertThat(text(old)).isEqualTo(states.get(i - 1).get(0));
                }
            }
        }
    }

    private static void insert(Connection connection, String a, String b) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO j VALUES (1, ?, 0, ?, NULL)")) {
            statement.setString(1, a);
            statement.setString(2, b);
            statement.execute();
        }
    }

    /** Whole documents now and then, else changes of one or both. */
    private static void update(Connection connection, Random random, boolean whole) throws SQLException {
        List<String> arguments = new ArrayList<>();
        StringBuilder sql = new StringBuilder("UPDATE j SET v=v+1");
        for (String column : List.of("a", "b")) {
            if (whole) {
                sql.append(",").append(column).append("=?");
                arguments.add(document(random, 0));
            } else if (random.nextInt(3) > 0) {
                String expression = column;
                for (int i = random.nextInt(3); i >= 0; i--) {
                    boolean remove = random.nextInt(4) == 0;
                    expression = remove
                            ? "JSON_REMOVE(" + expression + ", ?)"
                            : (random.nextBoolean() ? "JSON_SET(" : "JSON_REPLACE(") + expression
                                    + ", ?, CAST(? AS JSON))";
                    arguments.add(path(random));
                    if (!remove) {
                        arguments.add(random.nextInt(3) == 0 ? document(random, 2) : scalar(random));
                    }
                }
                sql.append(",").append(column).append("=").append(expression);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < arguments.size(); i++) {
                statement.setString(i + 1, arguments.get(i));
            }
            statement.execute();
        }
    }

    private static List<@Nullable String> select(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT CAST(a AS CHAR), CAST(b AS CHAR) FROM j")) {
            result.next();
            return List.of(result.getString(1), result.getString(2));
        }
    }

    private static int partialEvents(Statement statement, FilePosition from) throws SQLException {
        try (ResultSet result =
                statement.executeQuery("SHOW BINLOG EVENTS IN '" + from.file() + "' FROM " + from.offset())) {
            int count = 0;
            while (result.next()) {
                count += result.getString("Event_type").equals("Update_rows_partial") ? 1 : 0;
            }
            return count;
        }
    }

    private static String text(String cell) {
        return JsonText.unquote(cell);
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder("$");
        for (int i = random.nextInt(3); i >= 0; i--) {
            if (random.nextInt(3) == 0) {
                path.append('[').append(random.nextInt(5)).append(']');
            } else {
                path.append('.').append(quoted(KEYS.get(random.nextInt(KEYS.size()))));
            }
        }
        return path.length() == 1 ? "$.a" : path.toString();
    }

    private static String document(Random random, int depth) {
        List<String> parts = new ArrayList<>();
        boolean object = depth == 0 || random.nextBoolean();
        for (String key : KEYS) {
            if (random.nextInt(4) > 0) {
                String value = depth < 2 && random.nextBoolean() ? document(random, depth + 1) : scalar(random);
                parts.add(object ? quoted(key) + ":" + value : value);
            }
        }
        return object ? "{" + String.join(",", parts) + "}" : "[" + String.join(",", parts) + "]";
    }

    private static String scalar(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextBoolean());
            case 2 -> String.valueOf(random.nextInt(200) - 100);
            case 3 -> String.valueOf(random.nextLong());
            case 4 -> String.valueOf(random.nextInt());
            case 5 -> String.valueOf(random.nextDouble());
            case 6 -> "18446744073709551615";
            default ->
                quoted(IntStream.range(0, random.nextInt(60))
                        .mapToObj(i -> "x\u00e9\ud83d\ude00\"\\".substring(0, 2))
                        .reduce("", String::concat));
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
