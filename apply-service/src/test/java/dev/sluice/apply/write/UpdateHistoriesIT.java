package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches in which many updates go together, beside changes that cannot, with rows that are not at the target. */
class UpdateHistoriesIT {
    private int lastUnique;

    /** Random changes of a table whose key has two columns; now and then somebody takes a row away from the target. */
    @ParameterizedTest
    @CsvSource({"MYSQL,false", "MARIADB,false", "MYSQL,true", "MARIADB,true"})
    void randomHistoriesEndAsAtTheSource(DataSource.Kind kind, boolean unique) throws Exception {
        DatabaseServer server = kind == DataSource.Kind.MYSQL ? SharedServers.mysql() : SharedServers.mariadb();
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("joined updates, " + kind + (unique ? " with a unique key" : "") + ": seed " + seed);
        Random random = new Random(seed);
        String database = Databases.create(server, "joined");
        server.execute(
                "CREATE TABLE " + database + ".t (a INT, b BIGINT UNSIGNED, n INT, v VARCHAR(40), d DECIMAL(20,4),"
                        + " e ENUM('x','y'), u INT, PRIMARY KEY (a, b)" + (unique ? ", UNIQUE (u)" : "") + ")");
        TableLine table = Tables.table(
                1,
                database,
                "t",
                List.of(
                        "a int",
                        "b bigint unsigned",
                        "n int",
                        "v varchar(40)",
                        "d decimal(20,4)",
                        "e enum('x','y')",
                        "u int"),
                List.of(0, 1),
                unique ? List.of(List.of(6)) : List.of());
        Map<String, String[]> model = new TreeMap<>();
        try (TargetWriter writer = TestWriters.of(server)) {
            Partition partition = new Partition(database, 0);
            Watermark watermark = writer.watermark(partition);
            for (int batch = 0; batch < 25; batch++) {
                MessageBuilder message = new MessageBuilder().transaction();
                int changes = random.nextBoolean() ? 60 : 1_200;
                boolean fewColumns = random.nextBoolean();
                while (message.entries() < changes) {
                    change(random, model, message, table, fewColumns);
                    if (random.nextInt(20) == 0) {
                        swap(random, model, message, table);
                    }
                }
                if (random.nextInt(4) == 0) {
                    server.execute("DELETE FROM " + database + ".t WHERE a % 7 = " + random.nextInt(7));
                    takeAway(random, model, message, table);
                }
                writer.write(Rows.batch(partition, watermark, message.build(1, watermark.seq() + 1)));
                watermark = new Watermark(1, watermark.seq() + message.entries());
                assertThat(rows(server, database))
                        .as("seed %d, batch %d", seed, batch)
                        .isEqualTo(expected(model));
            }
        }
    }

    private void change(
            Random random, Map<String, String[]> model, MessageBuilder message, TableLine table, boolean fewColumns) {
        String a = "" + random.nextInt(40);
        String b = random.nextInt(9) == 0 ? "18446744073709551615" : "" + random.nextInt(40);
        String[] row = model.get(a + "," + b);
        if (row == null) {
            String[] fresh = {a, b, "1", "\"new\"", "\"0.0000\"", "\"x\"", "" + ++lastUnique};
            message.insert(table, fresh);
            model.put(a + "," + b, fresh);
        } else if (random.nextInt(8) == 0) {
            message.delete(table, row);
            model.remove(a + "," + b);
        } else {
            String[] after = row.clone();
            for (int column = 2; column < 6; column++) {
                if (fewColumns ? column == 2 + random.nextInt(2) : random.nextBoolean()) {
                    after[column] = cell(random, column);
                }
            }
            String[] moved = {"" + random.nextInt(40), "" + random.nextInt(40)};
            if (random.nextInt(20) == 0 && !model.containsKey(moved[0] + "," + moved[1])) {
                after[0] = moved[0];
                after[1] = moved[1];
            }
            message.update(table, row, after);
            model.remove(a + "," + b);
            model.put(after[0] + "," + after[1], after);
        }
    }

    /** Two rows get each other's unique value, one of them by way of NULL. */
    private static void swap(Random random, Map<String, String[]> model, MessageBuilder message, TableLine table) {
        List<String> keys = new ArrayList<>(model.keySet());
        String one = keys.get(random.nextInt(keys.size()));
        String other = keys.get(random.nextInt(keys.size()));
        if (!one.equals(other)) {
            String first = model.get(one)[6];
            String second = model.get(other)[6];
            set(one, "null", model, message, table);
            set(other, first, model, message, table);
            set(one, second, model, message, table);
        }
    }

    private static void set(
            String key, String value, Map<String, String[]> model, MessageBuilder message, TableLine table) {
        String[] after = model.get(key).clone();
        after[6] = value;
        message.update(table, model.put(key, after), after);
    }

    private static String cell(Random random, int column) {
        if (random.nextInt(5) == 0) {
            return column == 5 ? "0" : "null";
        }
        return switch (column) {
            case 2 -> "" + random.nextInt();
            case 3 ->
                List.of("\"it's\"", "\"back\\\\slash\"", "\"中文 \uD83D\uDE00\"", "\"\"")
                        .get(random.nextInt(4));
            case 4 -> "\"" + random.nextInt() + "." + (1_000 + random.nextInt(9_000)) + "\"";
            default -> random.nextBoolean() ? "\"x\"" : "\"y\"";
        };
    }

    /** Updates every row, so that those that were taken away come back. */
    private static void takeAway(Random random, Map<String, String[]> model, MessageBuilder message, TableLine table) {
        for (Map.Entry<String, String[]> entry : model.entrySet()) {
            String[] after = entry.getValue().clone();
            after[2] = "" + random.nextInt();
            message.update(table, entry.getValue(), after);
            entry.setValue(after);
        }
    }

    private static List<String> rows(DatabaseServer server, String database) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT CONCAT_WS(',', a, b, IFNULL(n, 'null'), IFNULL(v, 'null'),"
                                + " IFNULL(d, 'null'), IFNULL(e + 0, 'null'), IFNULL(u, 'null')) FROM " + database
                                + ".t")) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        rows.sort(null);
        return rows;
    }

    private static List<String> expected(Map<String, String[]> model) {
        return model.values().stream()
                .map(row -> String.join(
                                ",",
                                row[0],
                                row[1],
                                row[2],
                                row[3].replace("\\\\", "\\"),
                                row[4],
                                row[5].replace("\"x\"", "1").replace("\"y\"", "2"),
                                row[6])
                        .replace("\"", ""))
                .sorted()
                .toList();
    }
}
