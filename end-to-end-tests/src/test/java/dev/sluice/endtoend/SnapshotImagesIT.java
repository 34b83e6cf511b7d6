package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tables that are written to before their snapshot is asked for, while it runs and after it, by sessions whose changes tell rows in
 * part, one table without a key among them: the pipeline is suspended by the first change that asks for a snapshot, released when it
 * is there, and then the target is as the source, row by row.
 */
class SnapshotImagesIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final int ROWS = 3_000;
    private static final List<String> IMAGES = List.of("MINIMAL", "NOBLOB");
    private static final List<String> TABLES = List.of("parts", "codes", "plain");

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void theTargetEndsAsTheSourceWhateverTheLogTells() throws Exception {
        System.out.println("seed " + SEED);
        Stack stack = SharedStack.get();
        for (DatabaseServer server : List.of(stack.source(), stack.target())) {
            server.execute(
                    "CREATE DATABASE images",
                    "CREATE TABLE images.parts (id INT PRIMARY KEY, a VARCHAR(40), b INT NOT NULL, c BLOB)",
                    "CREATE TABLE images.codes (id INT PRIMARY KEY, a VARCHAR(40), b INT NOT NULL, c BLOB, UNIQUE (a))",
                    "CREATE TABLE images.plain (id INT, a VARCHAR(40), b INT NOT NULL, c BLOB)");
        }
        stack.target().execute("INSERT INTO images.plain VALUES (1, 'stale', 1, NULL)");
        for (String table : TABLES) {
            stack.source()
                    .execute(
                            "SET SESSION cte_max_recursion_depth = " + ROWS,
                            "INSERT INTO images." + table + " WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1"
                                    + " FROM n WHERE i < " + ROWS + ") SELECT "
                                    + (table.equals("plain") ? "i % 50, CONCAT('a', i % 3)" : "i, CONCAT('a', i)")
                                    + ", i % 7, NULL FROM n");
        }
        AdminClient admin = stack.services().admin();
        channel();
        List<CompletableFuture<Void>> writers = IMAGES.stream()
                .map(image -> CompletableFuture.runAsync(() -> write(stack.source(), image)))
                .toList();
        try {
            SharedStack.await(() -> assertThat(SharedStack.status("images-copy").toString())
                    .contains("SUSPENDED", "snapshot the table"));
            copy(admin);
        } finally {
            stopped.set(true);
        }
        writers.forEach(CompletableFuture::join);
        System.out.println(changes + " changes, " + progress(admin));
        SharedStack.await(() -> {
            for (String table : TABLES) {
                assertThat(rows(stack.target(), table))
                        .as(table + ", seed " + SEED)
                        .isEqualTo(rows(stack.source(), table));
            }
        });
        admin.delete("/snapshots/images");
        SharedStack.remove("images");
    }

    private static void channel() throws Exception {
        SharedStack.dataSources("images");
        // keys change, and where only a part of a row is told both of its keys must be of one partition
        SharedStack.channel(
                "images",
                List.of(SharedStack.pipeline(
                        "images",
                        "images-copy",
                        List.of(Map.of("schema", "images", "table", "*")),
                        Map.of("partitions", 1))));
    }

    private static void copy(AdminClient admin) throws Exception {
        admin.create(
                "/snapshots",
                Map.of(
                        "name",
                        "images",
                        "pipelines",
                        List.of("images-copy"),
                        "limits",
                        Map.of("rowsPerSecond", 3_000)));
        admin.create("/pipelines/images-copy/release", Map.of());
        SharedStack.await(
                () -> assertThat(progress(admin).path("phase").asString("")).isEqualTo("DONE"));
    }

    private void write(DatabaseServer source, String image) {
        Random random = new Random(SEED + image.hashCode());
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION binlog_row_image = '" + image + "'");
            while (!stopped.get()) {
                try {
                    changes.addAndGet(statement.executeUpdate(change(random)));
                } catch (SQLException e) {
                    if (e.getErrorCode() != 1213 && e.getErrorCode() != 1205) { // the writers' own deadlocks
                        throw e;
                    }
                }
                Thread.sleep(2);
            }
        } catch (SQLException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static String change(Random random) {
        String name = TABLES.get(random.nextInt(TABLES.size()));
        String table = "images." + name;
        int id = random.nextInt(name.equals("plain") ? 50 : ROWS);
        int v = random.nextInt(1_000_000);
        return switch (random.nextInt(6)) {
            case 0 -> "DELETE FROM " + table + " WHERE id = " + id + " LIMIT 1";
            case 1 -> "INSERT IGNORE INTO " + table + " VALUES (" + id + ", 'n" + v + "', 1, x'00ff')";
            case 2 -> "UPDATE " + table + " SET b = " + v + " WHERE id = " + id + " LIMIT 1";
            case 3 -> "UPDATE " + table + " SET c = REPEAT('c', " + v % 2_000 + ") WHERE id = " + id + " LIMIT 1";
            case 4 -> "UPDATE IGNORE " + table + " SET a = 'u" + v + "' WHERE id = " + id + " LIMIT 1";
            default -> "UPDATE IGNORE " + table + " SET id = " + (-id) + " WHERE id = " + id + " LIMIT 1";
        };
    }

    private static JsonNode progress(AdminClient admin) throws Exception {
        return admin.get("/snapshots/images").body().path("progress");
    }

    private static List<String> rows(DatabaseServer server, String table) throws SQLException {
        return SharedStack.rows(
                server, "SELECT CONCAT_WS('|', id, a, b, IFNULL(MD5(c), '-')) FROM images." + table + " ORDER BY 1");
    }
}
