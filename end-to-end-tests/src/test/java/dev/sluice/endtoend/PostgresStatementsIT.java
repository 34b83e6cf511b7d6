package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.PostgresServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tables are made, changed and renamed at a MySQL source while others write to them, and apply services and the PostgreSQL
 * target are killed with -9: in the end the target has the source's tables, columns and rows.
 */
class PostgresStatementsIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int KEYS = 300;

    @Test
    void aPostgresTargetFollowsWhateverIsKilled() throws Exception {
        follows("ddl-postgres", 25, 3);
    }

    @Tag("extended")
    @Test
    void aPostgresTargetFollowsForLong() throws Exception {
        follows("ddl-postgres-long", 150, 25);
    }

    private static void follows(String name, int statements, int kills) throws Exception {
        System.out.println(name + ": seed " + SEED);
        Random random = new Random(SEED);
        String schema = name.replace('-', '_');
        Stack stack = SharedStack.get();
        PostgresServer target = SharedServers.postgres();
        stack.source()
                .execute(
                        "CREATE DATABASE " + schema,
                        "CREATE TABLE " + schema + ".changing (id INT PRIMARY KEY, v INT)");
        target.execute("CREATE SCHEMA " + schema, "CREATE TABLE " + schema + ".changing (id INT PRIMARY KEY, v INT)");
        configure(name, schema, target);
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Long> writer =
                CompletableFuture.supplyAsync(() -> write(stack.source(), schema, ended, new Random(SEED + 1)));
        try (Connection source = stack.source().connect(schema);
                Statement statement = source.createStatement()) {
            RandomChanges changes = new RandomChanges(random);
            for (int i = 0; i < statements; i++) {
                for (String sql : changes.next()) {
                    statement.execute(sql);
                }
                if (i % (statements / kills) == 2) {
                    // most kills hit while the statement is on its way or runs
                    Thread.sleep(random.nextInt(600));
                    if (random.nextInt(4) == 0) {
                        target.kill9();
                        target.restart();
                        System.out.println("killed the target");
                    } else {
                        SharedStack.killOne("apply", random);
                    }
                }
            }
            ended.set(true);
            System.out.println(writer.get(60, TimeUnit.SECONDS) + " changes by the writer");
            System.out.println("tables in the end: " + tables(stack.source(), schema));
        } finally {
            ended.set(true);
        }
        Awaitility.await("source and target are equal, seed " + SEED)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(everything(target, schema)).isEqualTo(everything(stack.source(), schema)));
        assertThat(everything(target, schema)).hasSizeGreaterThan(10);
        SharedStack.remove(name);
    }

    private static void configure(String name, String schema, DatabaseServer target) throws Exception {
        AdminClient admin = SharedStack.get().services().admin();
        SharedStack.dataSources(name);
        assertThat(admin.delete("/data-sources/" + name + "-target").status()).isLessThan(300);
        admin.create(
                "/data-sources",
                Map.of(
                        "name", name + "-target",
                        "kind", "POSTGRESQL",
                        "host", target.host(),
                        "port", target.port(),
                        "database", PostgresServer.DATABASE,
                        "username", target.user(),
                        "password", target.password()));
        Map<String, String> rules = new HashMap<>();
        for (String kind : List.of("create", "alter", "index", "rename", "drop", "truncate")) {
            rules.put(kind, "APPLY");
        }
        SharedStack.channel(
                name,
                List.of(SharedStack.pipeline(
                        name,
                        name,
                        List.of(Map.of("schema", schema, "table", "*")),
                        Map.of("partitions", 4, "apply", Map.of("ddl", rules)))));
    }

    /** Writes to the columns that every version of the table has. */
    private static long write(DatabaseServer server, String schema, AtomicBoolean ended, Random random) {
        long written = 0;
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            while (!ended.get()) {
                int id = random.nextInt(KEYS);
                statement.execute(
                        switch (random.nextInt(5)) {
                            case 0 -> "DELETE FROM changing WHERE id = " + id;
                            case 1, 2 -> "UPDATE changing SET v = v + 1 WHERE id = " + id;
                            default ->
                                "INSERT IGNORE INTO changing (id, v) VALUES (" + id + ", " + random.nextInt() + ")";
                        });
                written++;
                Thread.sleep(5);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return written;
    }

    private static List<String> tables(DatabaseServer server, String schema) throws Exception {
        return query(
                server,
                "SELECT table_name FROM information_schema.tables WHERE table_schema = '" + schema + "' ORDER BY 1");
    }

    /** Each table's columns by name, and its rows. */
    private static List<String> everything(DatabaseServer server, String schema) throws Exception {
        List<String> all = new ArrayList<>();
        for (String table : tables(server, schema)) {
            String columns = String.join(
                    ", ",
                    new TreeSet<>(query(
                            server,
                            "SELECT column_name FROM information_schema.columns WHERE table_schema = '" + schema
                                    + "' AND table_name = '" + table + "'")));
            all.add(table + ": " + columns);
            all.addAll(query(server, "SELECT " + columns + " FROM " + schema + "." + table + " ORDER BY id"));
        }
        return all;
    }

    private static List<String> query(DatabaseServer server, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(result.getString(i));
                }
                rows.add(String.join("|", cells.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }
}
