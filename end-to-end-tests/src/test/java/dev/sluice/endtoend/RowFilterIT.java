package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A target holds the rows for which a mapping's condition is true, while rows become so, stop being so and move. */
class RowFilterIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final String CONDITION = "status IN ('PAID', 'SENT') AND total >= 100";
    private static final List<String> TABLES = List.of("tickets", "seats");
    private static final String[] STATES = {"'NEW'", "'PAID'", "'SENT'", "NULL"};

    @Test
    void theTargetHoldsTheRowsThatTheConditionIsTrueOf() throws Exception {
        System.out.println("seed " + SEED);
        Stack stack = SharedStack.get();
        String columns = " (id INT PRIMARY KEY, status VARCHAR(9) COLLATE utf8mb4_bin, total DECIMAL(9,2), code INT";
        for (DatabaseServer server : List.of(stack.source(), stack.target())) {
            server.execute(
                    "CREATE DATABASE box",
                    "CREATE TABLE box.tickets" + columns + ")",
                    "CREATE TABLE box.seats" + columns + ", UNIQUE (code))");
        }
        Random random = new Random(SEED);
        change(stack.source(), random, 200);
        AdminClient admin = stack.services().admin();
        SharedStack.dataSources("box");
        assertThat(refusal(admin, "statuz = 'PAID'"))
                .as("a column that is not there")
                .isEqualTo(422);
        assertThat(refusal(admin, "total = 'PAID'"))
                .as("a number compared with text")
                .isEqualTo(422);
        SharedStack.channel("box", List.of(pipeline(CONDITION)));
        admin.create("/snapshots", Map.of("name", "box", "pipelines", List.of("box-copy")));
        awaitEqual(stack);

        change(stack.source(), random, 600);
        awaitEqual(stack);
        SharedStack.remove("box");
    }

    private static int refusal(AdminClient admin, String where) throws Exception {
        return admin.post("/channels", Map.of("name", "box", "pipelines", List.of(pipeline(where))))
                .status();
    }

    private static void change(DatabaseServer source, Random random, int statements) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < statements; i++) {
                String table = "box." + TABLES.get(random.nextInt(TABLES.size()));
                String status = STATES[random.nextInt(STATES.length)];
                int id = random.nextInt(60);
                String where = " WHERE id = " + id;
                statement.execute(
                        switch (random.nextInt(6)) {
                            case 0, 1 ->
                                "INSERT IGNORE INTO " + table + " VALUES (" + id + ", " + status + ", "
                                        + random.nextInt(200) + ".50, " + random.nextInt(60) + ")";
                            case 2 -> "UPDATE " + table + " SET status = " + status + where;
                            case 3 -> "UPDATE " + table + " SET total = " + random.nextInt(200) + where;
                            case 4 ->
                                "UPDATE IGNORE " + table + " SET id = " + random.nextInt(60) + ", status = " + status
                                        + ", code = " + random.nextInt(60) + where;
                            default -> "DELETE FROM " + table + where;
                        });
            }
        }
    }

    private static void awaitEqual(Stack stack) {
        SharedStack.await(() -> {
            for (String table : TABLES) {
                List<String> expected = SharedStack.rows(
                        stack.source(), "SELECT * FROM box." + table + " WHERE " + CONDITION + " ORDER BY id");
                assertThat(expected).as("seed " + SEED).isNotEmpty();
                assertThat(SharedStack.rows(stack.target(), "SELECT * FROM box." + table + " ORDER BY id"))
                        .as("seed " + SEED)
                        .isEqualTo(expected);
            }
        });
    }

    private static Map<String, Object> pipeline(String where) {
        List<Object> mappings = new ArrayList<>();
        for (String table : TABLES) {
            mappings.add(Map.of("schema", "box", "table", table, "rows", Map.of("where", where)));
        }
        return SharedStack.pipeline("box", "box-copy", mappings, Map.of("partitions", 4));
    }
}
