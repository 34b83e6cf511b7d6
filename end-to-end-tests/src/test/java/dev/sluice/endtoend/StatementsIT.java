package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.Pipeline;
import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A table is changed at the source among its rows, while apply services and dispatchers are killed with -9: the target's
 * table ends as the source's, in its columns and its rows.
 */
class StatementsIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int KEYS = 200;
    private static final Map<Integer, String> KILLS = Map.of(2, "apply", 9, "dispatcher");
    private static final List<String> STATEMENTS = List.of(
            "CREATE TABLE changing (id INT PRIMARY KEY, v INT)",
            "ALTER TABLE changing ADD a INT NOT NULL DEFAULT 7 AFTER id",
            "ALTER TABLE changing MODIFY v BIGINT, ADD note VARCHAR(20) FIRST",
            "CREATE TABLE second LIKE changing",
            "ALTER TABLE changing RENAME COLUMN note TO remark, DROP a",
            "RENAME TABLE changing TO aside, second TO changing, aside TO second",
            "RENAME TABLE changing TO aside, second TO changing, aside TO second",
            "CREATE INDEX byv ON changing (v)",
            "TRUNCATE TABLE changing",
            "ALTER TABLE changing DROP PRIMARY KEY, ADD PRIMARY KEY (id, v)",
            "ALTER TABLE changing DROP remark, ADD remark TEXT",
            "DROP TABLE second");

    @ParameterizedTest
    @EnumSource
    void aTargetFollowsTheTablesOfItsSourceWhateverIsKilled(Pipeline.Mode mode) throws Exception {
        System.out.println("mode " + mode + ", seed " + SEED);
        Random random = new Random(SEED);
        String name = "ddl-" + mode.name().toLowerCase(Locale.ROOT);
        String database = name.replace('-', '_');
        Stack stack = SharedStack.get();
        for (DatabaseServer server : List.of(stack.source(), stack.target())) {
            server.execute("CREATE DATABASE " + database);
        }
        AdminClient admin = stack.services().admin();
        SharedStack.dataSources(name);
        SharedStack.channel(name, List.of(pipeline(name, database, mode)));
        try (Connection source = stack.source().connect(database);
                Statement statement = source.createStatement()) {
            source.setAutoCommit(false);
            for (int i = 0; i < STATEMENTS.size(); i++) {
                statement.execute(STATEMENTS.get(i));
                write(source, statement, random);
                String victims = KILLS.get(i);
                if (victims != null) {
                    // most kills hit while what was just written is on its way
                    Thread.sleep(random.nextInt(300));
                    SharedStack.killOne(victims, random);
                    awaitEqual(stack, database);
                }
            }
            awaitEqual(stack, database);

            policies(admin, name, "ASK");
            statement.execute("ALTER TABLE changing ADD asked INT");
            write(source, statement, random);
            JsonNode held = held(name);
            assertThat(held.path("sql").asString()).isEqualTo("ALTER TABLE changing ADD asked INT");
            assertThat(held.path("applicable").asBoolean()).isTrue();
            assertThat(columns(stack.target(), database)).noneMatch(column -> column.contains("asked"));
            admin.create(
                    "/pipelines/" + name + "/statements/" + held.path("entry").asLong() + "/apply", Map.of());
            awaitEqual(stack, database);
            assertThat(columns(stack.target(), database)).anyMatch(column -> column.contains("asked"));
        }
        SharedStack.remove(name);
    }

    private static Map<String, Object> pipeline(String name, String database, Pipeline.Mode mode) {
        Map<String, Object> more = new HashMap<>(Map.of("mode", mode, "apply", Map.of("ddl", rules("APPLY"))));
        if (mode == Pipeline.Mode.ROW) {
            more.put("partitions", 4);
        }
        return SharedStack.pipeline(name, name, List.of(Map.of("schema", database, "table", "*")), more);
    }

    private static Map<String, String> rules(String policy) {
        Map<String, String> rules = new HashMap<>();
        for (String kind : List.of("create", "alter", "index", "rename", "drop", "truncate")) {
            rules.put(kind, policy);
        }
        return rules;
    }

    private static void policies(AdminClient admin, String name, String policy) throws Exception {
        JsonNode channel = admin.get("/channels/" + name).body();
        ((ObjectNode) channel.at("/pipelines/0/apply")).putPOJO("ddl", rules(policy));
        assertThat(admin.put("/channels/" + name, channel).status()).isEqualTo(200);
        long version = admin.get("/status").body().path("configVersion").asLong();
        Awaitility.await("the policy is in effect")
                .atMost(PATIENCE)
                .until(() ->
                        SharedStack.status(name).at("/dispatch/configVersion").asLong() >= version);
    }

    private static JsonNode held(String name) {
        return Awaitility.await("the pipeline waits")
                .atMost(PATIENCE)
                .until(() -> SharedStack.status(name).at("/dispatch/held"), JsonNode::isObject);
    }

    private static void write(Connection source, Statement statement, Random random) throws Exception {
        for (int i = 0; i < 50; i++) {
            int id = random.nextInt(KEYS);
            switch (random.nextInt(4)) {
                case 0 -> statement.execute("DELETE FROM changing WHERE id = " + id);
                case 1 -> statement.execute("UPDATE changing SET v = v + 1 WHERE id = " + id);
                default ->
                    statement.execute(
                            "REPLACE INTO changing (id, v) VALUES (" + id + ", " + random.nextInt(1_000_000) + ")");
            }
            if (i % 7 == 0) {
                source.commit();
            }
        }
        source.commit();
    }

    private static void awaitEqual(Stack stack, String database) {
        String table = database + ".changing";
        Awaitility.await("source and target are equal, seed " + SEED)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(columns(stack.target(), database)).isEqualTo(columns(stack.source(), database));
                    assertThat(SharedStack.compare(table, table).toString()).endsWith("all equal");
                });
    }

    private static List<String> columns(DatabaseServer server, String database) throws Exception {
        return SharedStack.rows(
                server,
                "SELECT table_name, column_name, column_type, column_key FROM information_schema.columns"
                        + " WHERE table_schema='" + database + "' ORDER BY table_name, ordinal_position");
    }
}
