package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.check.ShopVerification;
import dev.sluice.demo.check.SourceLogCheck;
import dev.sluice.demo.shop.ShopLoad;
import dev.sluice.demo.shop.ShopSchema;
import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.ShopChannel;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.process.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A shop that was open for a while before Sluice came is copied while it is open, and every service is killed with -9 in
 * the middle; then source, target and Redis are equal row by row.
 */
@Tag("extended")
class SnapshotKillsIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final Duration OPEN_BEFORE = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** The last one has no key. */
    private static final List<String> COPIED = List.of("customers", "products", "orders", "order_items", "audit_log");

    @Test
    void bringsWhatWasThereBeforeWhateverIsKilled() throws Exception {
        System.out.println("seed " + SEED);
        Path work = SharedStack.folder("snapshot-kills");
        SharedStack.end();
        try (Stack stack =
                Stack.start(work, List.of("capture", "dispatcher", "apply", "redis-sink"), System.out::println)) {
            ShopSchema.create(stack.source());
            ShopSchema.create(stack.target());
            long before;
            try (ShopLoad load = new ShopLoad(stack.source(), SEED, 2, 0)) {
                Thread.sleep(OPEN_BEFORE.toMillis());
                before = load.transactions();
            }
            AdminClient admin = stack.services().admin();
            ShopChannel.configure(admin, stack.source(), stack.target(), stack.redis());
            JsonNode progress;
            try (ShopLoad load = new ShopLoad(stack.source(), SEED + 100, 2, 100)) {
                admin.create(
                        "/snapshots",
                        Map.of(
                                "name",
                                "first-load",
                                "pipelines",
                                List.of(ShopChannel.COPY, ShopChannel.CACHE),
                                "tables",
                                COPIED.stream()
                                        .map(table -> Map.of("schema", ShopSchema.SCHEMA, "table", table))
                                        .toList(),
                                "limits",
                                Map.of("rowsPerSecond", 1_000)));
                for (String service : List.of("capture", "dispatcher", "apply", "capture", "redis-sink", "capture")) {
                    Thread.sleep(2_000);
                    ServiceProcess victim = stack.services().all(service).get(0);
                    victim.kill9();
                    victim.restart();
                    System.out.println("killed " + service + " at " + rows(admin) + " rows");
                }
                progress = awaitDone(admin);
            }
            System.out.println(before + " transactions before, then " + progress);
            ShopVerification.Result result = new ShopVerification(stack).afterDrain(LIMIT);
            System.out.println(result);
            assertThat(result.examples()).as("seed " + SEED).isEmpty();
            assertThat(result.clean()).as("seed " + SEED).isTrue();
            SourceLogCheck.Result log = SourceLogCheck.read(stack.broker().amqpUri(), ShopChannel.SOURCE);
            assertThat(log.dense()).as("seed " + SEED + " " + log).isTrue();
        }
    }

    private static long rows(AdminClient admin) throws Exception {
        return admin.get("/snapshots/first-load")
                .body()
                .path("progress")
                .path("rows")
                .asLong(0);
    }

    private static JsonNode awaitDone(AdminClient admin) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            JsonNode progress = admin.get("/snapshots/first-load").body().path("progress");
            String phase = progress.path("phase").asString("");
            if (phase.equals("DONE") || phase.equals("FAILED") || System.nanoTime() > deadline) {
                assertThat(phase).as(progress.toString()).isEqualTo("DONE");
                return progress;
            }
            Thread.sleep(500);
        }
    }
}
