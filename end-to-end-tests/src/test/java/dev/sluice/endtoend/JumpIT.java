package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A capture leaves its place in the binlog: through all services, the target ends as the source. */
class JumpIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final int KEYS = 60;
    /** Some 60 rows fill a batch, so that what comes again is applied in several: the sum of all of it is the present. */
    private static final int NOTE = 60_000;

    private record Place(String file, long offset) {}

    /**
     * The target sees its rows' past once more, while new changes come and services are killed. Unique values move meanwhile:
     * what comes again finds them at rows that got them later.
     */
    @Test
    void goingBackRepeatsWhatIsThereAlready() throws Exception {
        Stack stack = begin("back", "UNIQUE");
        Random random = new Random(SEED);
        change(stack.source(), "back", random, 100);
        Place before = end(stack.source());
        change(stack.source(), "back", random, 300);
        SharedStack.awaitEqual("back.t", "back.t");
        long seq = SharedStack.status("back").path("captured").asLong();

        jump(stack, "back", Map.of("mode", "FILE", "file", before.file, "offset", before.offset));
        SharedStack.killOne("dispatcher", random);
        change(stack.source(), "back", random, 100);
        SharedStack.killOne("apply", random);
        SharedStack.await(
                () -> assertThat(SharedStack.status("back").path("captured").asLong())
                        .as("all of it twice, seed " + SEED)
                        .isGreaterThanOrEqualTo(seq + 300));
        SharedStack.awaitEqual("back.t", "back.t");
        assertThat(SharedStack.status("back").path("state").asString())
                .as("no row was refused, seed " + SEED)
                .isEqualTo("RUNNING");
        SharedStack.remove("back");
    }

    /** The source deleted its binlog while nothing read it: what is lost is said, and a snapshot makes up for it. */
    @Test
    void aSnapshotMakesUpForWhatWasPurged() throws Exception {
        Stack stack = begin("purged", ""); // a lost change may have freed a unique value
        Random random = new Random(SEED);
        change(stack.source(), "purged", random, 100);
        SharedStack.awaitEqual("purged.t", "purged.t");
        stack.services().all("capture").forEach(ServiceProcess::kill9);
        change(stack.source(), "purged", random, 100);
        stack.source().execute("FLUSH BINARY LOGS");
        String kept = end(stack.source()).file;
        // a file is kept while the server believes that somebody reads it
        SharedStack.await(() -> {
            stack.source().execute("INSERT INTO purged.beat VALUES ()", "PURGE BINARY LOGS TO '" + kept + "'");
            assertThat(firstFile(stack.source())).isEqualTo(kept);
        });
        stack.services().restartDead();
        SharedStack.await(
                () -> assertThat(SharedStack.status("purged").path("error").asString())
                        .contains("purged"));
        change(stack.source(), "purged", random, 100);

        jump(stack, "purged", Map.of("mode", "EARLIEST"));
        SharedStack.await(() -> assertThat(
                        SharedStack.status("purged").at("/capture/state").asString())
                .isEqualTo("RUNNING"));
        // what was deleted meanwhile is nowhere else
        stack.target().execute("DELETE FROM purged.t");
        stack.services()
                .admin()
                .create(
                        "/snapshots",
                        Map.of(
                                "name",
                                "after-purge",
                                "pipelines",
                                List.of("purged"),
                                "tables",
                                List.of(Map.of("schema", "purged", "table", "t"))));
        change(stack.source(), "purged", random, 100);
        SharedStack.await(() -> assertThat(stack.services()
                        .admin()
                        .get("/snapshots/after-purge")
                        .body()
                        .at("/progress/phase")
                        .asString())
                .isEqualTo("DONE"));
        SharedStack.awaitEqual("purged.t", "purged.t");
        SharedStack.remove("purged");
    }

    private static Stack begin(String name, String unique) throws Exception {
        System.out.println(name + ", seed " + SEED);
        Stack stack = SharedStack.get();
        for (DatabaseServer server : List.of(stack.source(), stack.target())) {
            server.execute(
                    "CREATE DATABASE " + name,
                    "CREATE TABLE " + name + ".t (id INT PRIMARY KEY, moves INT NOT NULL, note MEDIUMTEXT,"
                            + " place INT " + unique + ", ticket VARCHAR(20) " + unique + ")",
                    "CREATE TABLE " + name + ".beat (id INT AUTO_INCREMENT PRIMARY KEY)");
        }
        SharedStack.dataSources(name);
        Map<String, Object> pipeline =
                SharedStack.pipeline(name, name, List.of(Map.of("schema", name, "table", "t")), Map.of());
        SharedStack.channel(name, List.of(pipeline));
        return stack;
    }

    /** Asks what it would mean, then does it. */
    private static void jump(Stack stack, String name, Map<String, Object> position) throws Exception {
        AdminClient admin = stack.services().admin();
        String source = "/data-sources/" + name + "-source";
        assertThat(admin.create(source + "/position-preview", position)
                        .path("possible")
                        .asBoolean())
                .isTrue();
        admin.create(source + "/position", position);
    }

    /** Each statement is a transaction and changes a row; what it would take from another row it does not do. */
    private static void change(DatabaseServer server, String schema, Random random, int statements)
            throws SQLException {
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < statements; ) {
                int id = random.nextInt(KEYS);
                i += statement.executeUpdate(
                        switch (random.nextInt(4)) {
                            case 0 -> "DELETE FROM t WHERE id = " + id;
                            case 1 ->
                                "UPDATE IGNORE t SET moves = moves + 1, place = " + random.nextInt(KEYS)
                                        + ", ticket = 'T" + random.nextInt(KEYS) + "' WHERE id = " + id;
                            default ->
                                "INSERT IGNORE INTO t VALUES (" + id + ", 0, REPEAT('" + i % 10 + "', " + NOTE + "), "
                                        + random.nextInt(KEYS) + ", 'T" + random.nextInt(KEYS) + "')";
                        });
            }
        }
    }

    private static Place end(DatabaseServer server) throws SQLException {
        String[] status = SharedStack.rows(server, "SHOW MASTER STATUS").get(0).split(" ");
        return new Place(status[0], Long.parseLong(status[1]));
    }

    private static String firstFile(DatabaseServer server) throws SQLException {
        return SharedStack.rows(server, "SHOW BINARY LOGS").get(0).split(" ")[0];
    }
}
