package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Targets whose tables are not like the source's: many tables in one, computed columns, and one that is too narrow. */
class DifferentShapesIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> SHARDS = List.of("shard_1", "shard_2");

    /** With a key of two columns, with a further unique key, without any key. */
    private static final List<String> TABLES = List.of("items", "coins", "notes");

    private static Stack stack;
    private static AdminClient admin;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("seed " + SEED);
        stack = SharedStack.get();
        admin = stack.services().admin();
    }

    @Test
    void tablesWithTheSameKeysGoIntoOneAndStayApart() throws Exception {
        String columns = "id INT, part VARCHAR(8), total DECIMAL(9,2), code INT";
        for (String shard : SHARDS) {
            stack.source()
                    .execute(
                            "CREATE DATABASE " + shard,
                            "CREATE TABLE " + shard + ".items (" + columns + ", PRIMARY KEY (id, part))",
                            "CREATE TABLE " + shard + ".coins (" + columns + ", PRIMARY KEY (id), UNIQUE (code))",
                            "CREATE TABLE " + shard + ".notes (" + columns + ")");
        }
        String merged = "(shard VARCHAR(16), origin VARCHAR(32), " + columns + ", arrived VARCHAR(9) DEFAULT 'yes'";
        stack.target()
                .execute(
                        "CREATE DATABASE merged",
                        "CREATE TABLE merged.items " + merged + ", PRIMARY KEY (shard, id, part))",
                        "CREATE TABLE merged.coins " + merged + ", PRIMARY KEY (id, shard), UNIQUE (shard, code))",
                        "CREATE TABLE merged.notes " + merged + ")",
                        "CREATE TABLE merged.clash " + merged + ", PRIMARY KEY (id, part))");
        Random random = new Random(SEED);
        change(random, TABLES.subList(0, 2), 300);

        SharedStack.dataSources("shards");
        assertRefused(merged("*", null, false), "mappings[0].set[0].key");
        assertRefused(merged("items", "clash", true), "mappings[0].set[0].key");
        SharedStack.channel("shards", List.of(pipeline("shards", Map.of(), merged("*", null, true))));
        admin.create(
                "/snapshots",
                Map.of(
                        "name", "shards",
                        "pipelines", List.of("shards-copy"),
                        "tables",
                                List.of(
                                        Map.of("schema", "shard_?", "table", "items"),
                                        Map.of("schema", "shard_?", "table", "coins"))));
        awaitUnion(TABLES.subList(0, 2));

        change(random, TABLES, 900);
        awaitUnion(TABLES);
        SharedStack.remove("shards");
    }

    @Test
    void columnsAreComputedOfOthers() throws Exception {
        String columns = "first VARCHAR(20), last VARCHAR(20), price DECIMAL(9,2), pieces INT, born DATE, note TEXT";
        stack.source()
                .execute(
                        "CREATE DATABASE made",
                        "CREATE TABLE made.people (id INT PRIMARY KEY, " + columns + ")",
                        "CREATE TABLE made.scraps (id INT, " + columns + ")");
        // of another type than the values: nobody may look for rows by them
        stack.target()
                .execute(
                        "CREATE DATABASE made",
                        "CREATE TABLE made.scraps (id INT, " + columns
                                + ", full_name CHAR(60), total FLOAT, month VARCHAR(20), size VARCHAR(9))");
        Random random = new Random(SEED);
        compute(random, "people", 100);
        SharedStack.dataSources("made");
        AdminClient.Answer refused = admin.post(
                "/channels",
                Map.of(
                        "name",
                        "made",
                        "pipelines",
                        List.of(pipeline("made", Map.of(), computed("people", true, "CONCAT(first, ' ', surname)")))));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().at("/errors/0/field").asString()).endsWith("mappings[0].set[0].expression");
        assertThat(refused.body().at("/errors/0/message").asString()).contains("there is no column 'surname'");
        SharedStack.channel(
                "made",
                List.of(SharedStack.pipeline(
                        "made",
                        "made-copy",
                        List.of(
                                computed("people", true, "CONCAT(upper(first), ' ', last)"),
                                computed("scraps", false, "CONCAT(upper(first), ' ', last)")),
                        Map.of("partitions", 3))));
        admin.create(
                "/snapshots",
                Map.of(
                        "name",
                        "made",
                        "pipelines",
                        List.of("made-copy"),
                        "tables",
                        List.of(Map.of("schema", "made", "table", "people"))));
        awaitComputed("people");

        compute(random, "people", 300);
        compute(random, "scraps", 300);
        awaitComputed("people");
        awaitComputed("scraps");
        SharedStack.remove("made");
    }

    private static Map<String, Object> computed(String table, boolean some, String fullName) {
        return Map.of(
                "schema",
                "made",
                "table",
                table,
                "createTable",
                true,
                "columns",
                Map.of("include", some ? List.of("id", "note") : List.of()),
                "set",
                List.of(
                        Map.of("column", "full_name", "expression", fullName),
                        Map.of("column", "total", "expression", "price * pieces"),
                        Map.of("column", "month", "expression", "LEFT(born, 7)"),
                        Map.of(
                                "column",
                                "size",
                                "expression",
                                "CASE WHEN pieces > 50 THEN 'large' WHEN pieces IS NULL THEN NULL ELSE 'small' END")));
    }

    /** Sessions that log only what a change needs write either all that a column is made of, or nothing of it. */
    private static void compute(Random random, String table, int statements) throws SQLException {
        try (Connection full = stack.source().connect();
                Connection minimal = stack.source().connect()) {
            run(minimal, "SET SESSION binlog_row_image = MINIMAL");
            for (int i = 0; i < statements; i++) {
                int id = random.nextInt(40);
                String where = " WHERE id = " + id;
                String name = random.nextInt(5) == 0 ? "NULL" : "'né " + random.nextInt(100) + "'";
                String pieces = random.nextInt(5) == 0 ? "NULL" : "" + random.nextInt(100);
                switch (random.nextInt(7)) {
                    case 0, 1 ->
                        run(
                                full,
                                "INSERT IGNORE INTO made." + table + " VALUES (" + id + ", " + name + ", 'Smith', "
                                        + random.nextInt(50) + ".25, " + pieces + ", '19" + (10 + random.nextInt(90))
                                        + "-03-04', 'n')");
                    case 2 -> run(full, "UPDATE made." + table + " SET first = " + name + where);
                    case 3 -> run(full, "UPDATE made." + table + " SET price = 1.5, note = NULL" + where);
                    case 4 ->
                        run(
                                minimal,
                                "UPDATE made." + table + " SET price = " + random.nextInt(9) + ", pieces = " + pieces
                                        + where);
                    case 5 -> run(minimal, "UPDATE made." + table + " SET note = 'm" + i + "'" + where);
                    default -> run(random.nextBoolean() ? full : minimal, "DELETE FROM made." + table + where);
                }
            }
        }
    }

    private static void awaitComputed(String table) {
        String made = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'made' AND table_name = '";
        SharedStack.await(() ->
                assertThat(SharedStack.rows(stack.target(), made + table + "'")).isNotEmpty());
        String order = " FROM made." + table + " ORDER BY 1, 2, 3, 4, 5, 6";
        SharedStack.await(() -> {
            List<String> expected = SharedStack.rows(
                    stack.source(),
                    "SELECT id, note, CONCAT(UPPER(first), ' ', last), CAST(price * pieces AS DECIMAL(20,2)), LEFT(born, 7),"
                            + " CASE WHEN pieces > 50 THEN 'large' WHEN pieces IS NULL THEN NULL ELSE 'small' END"
                            + order);
            assertThat(expected).as("seed " + SEED).isNotEmpty();
            assertThat(SharedStack.rows(
                            stack.target(),
                            "SELECT id, note, full_name, CAST(total AS DECIMAL(20,2)), month, size" + order))
                    .as(table + ", seed " + SEED)
                    .isEqualTo(expected);
        });
    }

    @Test
    void aRowThatDoesNotFitIsParkedSeenEditedAndReplayed() throws Exception {
        stack.source()
                .execute(
                        "CREATE DATABASE post",
                        "CREATE TABLE post.letters (id INT PRIMARY KEY, text VARCHAR(40))",
                        "CREATE TABLE post.stamps (id INT PRIMARY KEY, text VARCHAR(40))");
        stack.target()
                .execute(
                        "CREATE DATABASE post",
                        "CREATE TABLE post.letters (id BIGINT PRIMARY KEY, text VARCHAR(10))",
                        "CREATE TABLE post.stamps (id INT PRIMARY KEY, text TEXT)");
        SharedStack.dataSources("post");
        SharedStack.channel(
                "post",
                List.of(pipeline(
                        "post", Map.of("onBadRow", "PARK", "recoveries", 0), Map.of("schema", "post", "table", "*"))));
        stack.source()
                .execute(
                        "INSERT INTO post.letters VALUES (1,'one'), (2,'much too long for it')",
                        "INSERT INTO post.stamps VALUES (1,'much too long for the other')");
        awaitEqual("SELECT * FROM post.stamps ORDER BY id");
        // before anything that would follow it into one batch, of which only the end is written
        SharedStack.await(() -> assertThat(firstParked().path("seq").asLong(-1)).isPositive());
        stack.source()
                .execute(
                        "UPDATE post.letters SET id = 3 WHERE id = 2",
                        "UPDATE post.letters SET text = 'short' WHERE id = 3",
                        "INSERT INTO post.letters VALUES (2,'two')",
                        "INSERT INTO post.stamps VALUES (2,'a stamp goes on while letters wait')");
        awaitEqual("SELECT * FROM post.stamps ORDER BY id");
        JsonNode refused = firstParked();
        assertThat(refused.path("reason").asString()).contains("too long for column text");
        assertThat(refused.at("/after/text").asString()).isEqualTo("much too long for it");

        // one partition after the other: each has its own first row that does not fit
        for (int tries = 0; tries < 8 && !firstParked().isMissingNode(); tries++) {
            JsonNode first = firstParked();
            long id = first.path("id").asLong();
            if (first.at("/after/text").asString("").length() > 10) {
                admin.create("/parked-rows/" + id + "/retry", Map.of("cells", Map.of("text", "cut short")));
                Awaitility.await().atMost(PATIENCE).until(() -> admin.get("/parked-rows/" + id)
                        .body()
                        .path("state")
                        .asString()
                        .equals("APPLIED"));
            }
            admin.post(
                    "/parked-rows/replay",
                    Map.of("pipeline", "post-copy", "targetSchema", "post", "targetTable", "letters"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> admin.get("/parked-rows/" + id)
                                    .body()
                                    .path("state")
                                    .asString()
                                    .equals("APPLIED")
                            && (firstParked().isMissingNode()
                                    || firstParked()
                                                    .at("/after/text")
                                                    .asString("")
                                                    .length()
                                            > 10));
        }
        awaitEqual("SELECT * FROM post.letters ORDER BY id");
        SharedStack.remove("post");
    }

    private static JsonNode firstParked() throws Exception {
        return admin.get("/parked-rows/tables").body().path(0).path("first");
    }

    /** Some by sessions that log only what a change needs, which cannot tell a key's change from one place to another. */
    private static void change(Random random, List<String> tables, int statements) throws SQLException {
        try (Connection full = stack.source().connect();
                Connection minimal = stack.source().connect()) {
            run(minimal, "SET SESSION binlog_row_image = MINIMAL");
            for (int i = 0; i < statements; i++) {
                String table = SHARDS.get(random.nextInt(2)) + "." + tables.get(random.nextInt(tables.size()));
                int id = random.nextInt(40);
                String part = "'p" + random.nextInt(3) + "'";
                String where = " WHERE id = " + id + " AND part = " + part;
                switch (random.nextInt(6)) {
                    case 0, 1 ->
                        run(
                                full,
                                "INSERT IGNORE INTO " + table + " VALUES (" + id + ", " + part + ", "
                                        + random.nextInt(200) + ".50, " + random.nextInt(40) + ")");
                    case 2 -> run(minimal, "UPDATE " + table + " SET total = " + random.nextInt(200) + where);
                    case 3 ->
                        run(
                                full,
                                "UPDATE IGNORE " + table + " SET id = " + random.nextInt(40) + ", code = "
                                        + random.nextInt(40) + where);
                    case 4 -> run(full, "UPDATE " + table + " SET total = NULL WHERE id = " + id);
                    default -> run(random.nextBoolean() ? full : minimal, "DELETE FROM " + table + where);
                }
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void awaitUnion(List<String> tables) {
        for (String table : tables) {
            String union = String.join(
                    " UNION ALL ",
                    SHARDS.stream()
                            .map(shard -> "SELECT '" + shard + "', 'made of " + table + "', t.*, 'yes' FROM " + shard
                                    + "." + table + " t")
                            .toList());
            String order = " ORDER BY 1, 3, 4, 5, 6";
            SharedStack.await(() -> {
                List<String> expected = SharedStack.rows(stack.source(), union + order);
                assertThat(expected).as("seed " + SEED).isNotEmpty();
                assertThat(SharedStack.rows(stack.target(), "SELECT * FROM merged." + table + order))
                        .as(table + ", seed " + SEED)
                        .isEqualTo(expected);
            });
        }
    }

    private static void awaitEqual(String query) {
        SharedStack.await(() ->
                assertThat(SharedStack.rows(stack.target(), query)).isEqualTo(SharedStack.rows(stack.source(), query)));
    }

    private static void assertRefused(Map<String, Object> mapping, String field) throws Exception {
        AdminClient.Answer answer = admin.post(
                "/channels", Map.of("name", "shards", "pipelines", List.of(pipeline("shards", Map.of(), mapping))));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/field").asString()).endsWith(field);
    }

    private static Map<String, Object> merged(String table, @Nullable String targetTable, boolean key) {
        Map<String, Object> mapping = new HashMap<>(Map.of(
                "schema",
                "shard_?",
                "table",
                table,
                "targetSchema",
                "merged",
                "set",
                List.of(
                        Map.of("column", "shard", "value", "{schema}", "key", key),
                        Map.of("column", "origin", "value", "made of {table}"))));
        if (targetTable != null) {
            mapping.put("targetTable", targetTable);
        }
        return mapping;
    }

    private static Map<String, Object> pipeline(String name, Map<String, Object> apply, Map<String, Object> mapping) {
        return SharedStack.pipeline(name, name + "-copy", List.of(mapping), Map.of("partitions", 3, "apply", apply));
    }
}
