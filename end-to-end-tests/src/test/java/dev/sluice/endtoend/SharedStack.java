package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.check.TableComparison;
import dev.sluice.testsupport.download.ProjectRoot;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One stack for all tests of a JVM, with two dispatchers and two apply services at least; gone with the JVM. A test names
 * its databases, data sources and channel after itself and removes them; whatever it kills it starts again.
 */
final class SharedStack {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private static @Nullable Stack started;

    private SharedStack() {}

    static synchronized Stack get() throws IOException {
        if (started == null) {
            Stack stack = Stack.start(folder("shared-stack"), List.of("dispatcher", "apply"), System.out::println);
            Runtime.getRuntime().addShutdownHook(new Thread(SharedStack::end, "end of the shared stack"));
            started = stack;
        }
        return started;
    }

    /** A folder for a stack's logs and admin database, never one that an earlier run has left. */
    static Path folder(String name) {
        return ProjectRoot.find().resolve("end-to-end-tests/target/" + name + "-" + System.nanoTime());
    }

    /** Ends it, for a test that has one of its own; the next who asks gets another. */
    static synchronized void end() {
        if (started != null) {
            started.close();
            started = null;
        }
    }

    /** Creates the data sources {@code <name>-source}, read from now on, and {@code <name>-target}. */
    static void dataSources(String name) throws IOException, InterruptedException {
        Stack stack = get();
        AdminClient admin = stack.services().admin();
        Map<String, Object> source = dataSource(name + "-source", stack.source());
        source.put("capture", Map.of("start", Map.of("mode", "NOW"), "logMaxBytes", 2_000_000_000L));
        admin.create("/data-sources", source);
        admin.create("/data-sources", dataSource(name + "-target", stack.target()));
    }

    /** A pipeline that runs between the two data sources. */
    static Map<String, Object> pipeline(String name, String pipeline, List<?> mappings, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "name",
                pipeline,
                "source",
                name + "-source",
                "target",
                name + "-target",
                "state",
                "RUNNING",
                "mappings",
                mappings));
        all.putAll(more);
        return all;
    }

    /** Creates a channel and waits until every stage of its pipelines runs. */
    static void channel(String name, List<Map<String, Object>> pipelines) throws IOException, InterruptedException {
        AdminClient admin = get().services().admin();
        admin.create("/channels", Map.of("name", name, "pipelines", pipelines));
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(
                        () -> pipelinesOf(admin, name),
                        present -> present.size() == pipelines.size()
                                && present.valueStream().allMatch(SharedStack::runs));
    }

    /** Waits until an assertion holds. */
    static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(assertion);
    }

    /** Waits until a table of the target holds what one of the source does. */
    static void awaitEqual(String ofSource, String ofTarget) {
        await(() -> assertThat(compare(ofSource, ofTarget).toString()).endsWith("all equal"));
    }

    static TableComparison.Result compare(String ofSource, String ofTarget) throws IOException, SQLException {
        try (Connection source = get().source().connect();
                Connection target = get().target().connect()) {
            return TableComparison.compare(source, ofSource, target, ofTarget);
        }
    }

    /** Ends what a test has configured, so that it costs the next one nothing. */
    static void remove(String name) throws IOException, InterruptedException {
        AdminClient admin = get().services().admin();
        for (String path : List.of(
                "/channels/" + name, "/data-sources/" + name + "-source", "/data-sources/" + name + "-target")) {
            AdminClient.Answer answer = admin.delete(path);
            if (answer.status() >= 300 && answer.status() != 404) {
                throw new IllegalStateException(path + " cannot be deleted: " + answer.body());
            }
        }
    }

    /** What the admin service says of a pipeline. */
    static JsonNode status(String pipeline) throws IOException, InterruptedException {
        return get().services()
                .admin()
                .get("/status")
                .body()
                .path("channels")
                .valueStream()
                .flatMap(channel -> channel.path("pipelines").valueStream())
                .filter(each -> each.path("name").asString().equals(pipeline))
                .findFirst()
                .orElseThrow();
    }

    /** What a query answers in UTC, each row as its values with a blank behind each. */
    static List<String> rows(DatabaseServer server, String query) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION time_zone='+00:00'");
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(query)) {
                while (result.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.append(result.getString(i)).append(' ');
                    }
                    rows.add(row.toString());
                }
            }
            return rows;
        }
    }

    /** Kills one of a service's instances with -9 and starts it again. */
    static void killOne(String service, Random random) throws IOException {
        List<ServiceProcess> all = get().services().all(service);
        ServiceProcess victim = all.get(random.nextInt(all.size()));
        victim.kill9();
        System.out.println("killed " + victim.name());
        victim.restart();
    }

    private static JsonNode pipelinesOf(AdminClient admin, String channel) throws IOException, InterruptedException {
        return admin.get("/status")
                .body()
                .path("channels")
                .valueStream()
                .filter(each -> each.path("name").asString().equals(channel))
                .findFirst()
                .orElseThrow()
                .path("pipelines");
    }

    private static boolean runs(JsonNode pipeline) {
        return pipeline.path("state").asString().equals("RUNNING")
                && pipeline.at("/capture/state").asString().equals("RUNNING");
    }

    private static Map<String, Object> dataSource(String name, DatabaseServer server) {
        return new HashMap<>(Map.of(
                "name", name,
                "kind", "MYSQL",
                "host", server.host(),
                "port", server.port(),
                "username", server.user(),
                "password", server.password()));
    }
}
