package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.check.TableComparison;
import dev.sluice.testsupport.download.ProjectRoot;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be asked of pipelines while rows flow and services are killed. The tests share servers and services. */
class LivePipelineIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static Stack stack;
    private static AdminClient admin;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("seed " + SEED);
        stack = Stack.start(
                ProjectRoot.find().resolve("end-to-end-tests/target/live-pipeline-" + System.nanoTime()),
                List.of("dispatcher", "apply"),
                System.out::println);
        admin = stack.services().admin();
        admin.create("/data-sources", dataSource("bank-source", stack.source(), true));
        admin.create("/data-sources", dataSource("bank-target", stack.target(), false));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    /** The same rows go two ways; where only rows are kept whole, the reader sees transactions half done. */
    @Test
    void aReaderNeverSeesHalfOfATransaction() throws Exception {
        Bank.create(stack.source(), "bank");
        Bank.create(stack.target(), "whole");
        Bank.create(stack.target(), "split");
        admin.create(
                "/channels",
                Map.of(
                        "name",
                        "bank",
                        "pipelines",
                        List.of(
                                pipeline("bank-whole", "bank", "whole", Map.of("mode", "TRANSACTION")),
                                pipeline("bank-split", "bank", "split", Map.of("partitions", 8)))));
        awaitRunning("bank-whole", "bank-split");
        Random random = new Random(SEED);
        try (InvariantReader whole = new InvariantReader(stack.target(), "whole");
                InvariantReader split = new InvariantReader(stack.target(), "split")) {
            Bank.open(stack.source(), "bank");
            try (BankLoad load = new BankLoad(stack.source(), "bank", SEED)) {
                for (String service : List.of("apply", "dispatcher", "apply", "dispatcher")) {
                    Thread.sleep(random.nextInt(2_000, 5_000));
                    killOneOf(service, random);
                }
                Thread.sleep(2_000);
                System.out.println(load.transactions() + " transactions");
            }
            awaitEqual("bank", "whole");
            awaitEqual("bank", "split");
            System.out.printf(
                    "whole: %d of %d sums wrong, split: %d of %d, such as %d%n",
                    whole.wrong(), whole.reads(), split.wrong(), split.reads(), split.example());
            assertThat(whole.reads()).isPositive();
            assertThat(whole.wrong()).as("seed %d: %d", SEED, whole.example()).isZero();
            assertThat(split.wrong()).as("the test bites").isPositive();
        }
    }

    private static void killOneOf(String service, Random random) throws Exception {
        var instances = stack.services().all(service);
        var victim = instances.get(random.nextInt(instances.size()));
        victim.kill9();
        System.out.println("killed " + victim.name());
        victim.restart();
    }

    private static void awaitEqual(String schema, String copy) {
        for (String table : List.of("checking", "saving")) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        try (Connection source = stack.source().connect();
                                Connection target = stack.target().connect()) {
                            assertThat(TableComparison.compare(source, schema + "." + table, target, copy + "." + table)
                                            .toString())
                                    .endsWith("all equal");
                        }
                    });
        }
    }

    private static void awaitRunning(String... pipelines) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> assertThat(
                        pipelines)
                .allSatisfy(name -> {
                    var status = status(name);
                    assertThat(status.path("state").asString()).isEqualTo("RUNNING");
                    assertThat(status.at("/capture/state").asString()).isEqualTo("RUNNING");
                }));
    }

    private static tools.jackson.databind.JsonNode status(String pipeline) throws Exception {
        for (var channel : admin.get("/status").body().path("channels")) {
            for (var each : channel.path("pipelines")) {
                if (each.path("name").asString().equals(pipeline)) {
                    return each;
                }
            }
        }
        throw new AssertionError("no pipeline " + pipeline);
    }

    private static Map<String, Object> pipeline(
            String name, String schema, String targetSchema, Map<String, Object> more) {
        Map<String, Object> all = new java.util.HashMap<>(Map.of(
                "name", name,
                "source", "bank-source",
                "target", "bank-target",
                "state", "RUNNING",
                "mappings", List.of(Map.of("schema", schema, "table", "*", "targetSchema", targetSchema))));
        all.putAll(more);
        return all;
    }

    private static Map<String, Object> dataSource(String name, DatabaseServer server, boolean captured) {
        Map<String, Object> all = new java.util.HashMap<>(Map.of(
                "name", name,
                "kind", "MYSQL",
                "host", server.host(),
                "port", server.port(),
                "username", server.user(),
                "password", server.password(),
                "tls", "PREFERRED"));
        if (captured) {
            all.put(
                    "capture",
                    Map.of(
                            "start",
                            Map.of("mode", "NOW"),
                            "serverId",
                            0,
                            "logMaxBytes",
                            2_000_000_000L,
                            "logMaxAge",
                            "P1D"));
        }
        return all;
    }
}
