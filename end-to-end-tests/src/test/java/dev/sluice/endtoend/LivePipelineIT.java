package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be asked of pipelines while rows flow and services are killed. The tests share servers and services. */
class LivePipelineIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);

    private static Stack stack;
    private static AdminClient admin;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("seed " + SEED);
        stack = SharedStack.get();
        admin = stack.services().admin();
        SharedStack.dataSources("bank");
    }

    @AfterEach
    void removeChannels() throws Exception {
        for (var channel : admin.get("/status").body().path("channels")) {
            admin.delete("/channels/" + channel.path("name").asString());
        }
    }

    @AfterAll
    static void removeDataSources() throws Exception {
        SharedStack.remove("bank");
    }

    /** The same rows go two ways; where only rows are kept whole, the reader sees transactions half done. */
    @Test
    void aReaderNeverSeesHalfOfATransaction() throws Exception {
        Bank.create(stack.source(), "bank");
        Bank.create(stack.target(), "whole");
        Bank.create(stack.target(), "split");
        SharedStack.channel(
                "bank",
                List.of(
                        pipeline("bank-whole", "bank", "whole", Map.of("mode", "TRANSACTION")),
                        pipeline("bank-split", "bank", "split", Map.of("partitions", 8))));
        Random random = new Random(SEED);
        try (InvariantReader whole = new InvariantReader(stack.target(), "whole");
                InvariantReader split = new InvariantReader(stack.target(), "split")) {
            Bank.open(stack.source(), "bank");
            try (BankLoad load = new BankLoad(stack.source(), "bank", SEED)) {
                for (String service : List.of("apply", "dispatcher")) {
                    Thread.sleep(random.nextInt(2_000, 5_000));
                    SharedStack.killOne(service, random);
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

    /** Fewer and then more, with what is to do it killed in the middle; no account goes back to an earlier state. */
    @Test
    void theNumberOfPartitionsChangesUnderLoad() throws Exception {
        Bank.create(stack.source(), "spread");
        Bank.create(stack.target(), "spread");
        Bank.watchOrder(stack.target(), "spread");
        SharedStack.channel("spread", List.of(pipeline("spread", 8, Map.of())));
        Random random = new Random(SEED);
        Bank.open(stack.source(), "spread");
        // as much as the target can follow: the change waits until it has all that was sent
        try (BankLoad load = new BankLoad(stack.source(), "spread", SEED, Duration.ofMillis(20))) {
            for (int partitions : List.of(3, 12)) {
                Thread.sleep(2_000);
                long epoch = SharedStack.status("spread").at("/dispatch/epoch").asLong();
                long asked = System.nanoTime();
                wish("spread", partitions, Map.of());
                SharedStack.killOne("apply", random);
                SharedStack.killOne("dispatcher", random);
                awaitPartitions("spread", partitions);
                System.out.printf(
                        "%d partitions after %d ms, in spite of two kills%n",
                        partitions, (System.nanoTime() - asked) / 1_000_000);
                assertThat(SharedStack.status("spread").at("/dispatch/epoch").asLong())
                        .isEqualTo(epoch + 1);
                SharedStack.killOne("dispatcher", random);
            }
            System.out.println(load.transactions() + " transactions");
        }
        awaitEqual("spread", "spread");
        assertThat(Bank.disorder(stack.target(), "spread")).as("seed %d", SEED).isZero();
        assertThat(SharedStack.status("spread").at("/dispatch/partitionSeqs").valueStream())
                .as("rows in all of them")
                .allMatch(seq -> seq.asLong() > 0);
    }

    /** What is parked would be overtaken through another partition, so the change waits for a person and rows do not. */
    @Test
    void theNumberOfPartitionsStaysWhileRowsAreParked() throws Exception {
        Bank.create(stack.source(), "held");
        Bank.create(stack.target(), "held");
        stack.target().execute("ALTER TABLE held.checking MODIFY balance SMALLINT NOT NULL");
        Map<String, Object> parking = Map.of("apply", Map.of("onBadRow", "PARK"));
        SharedStack.channel("held", List.of(pipeline("held", 4, parking)));
        Bank.open(stack.source(), "held");
        stack.source().execute("UPDATE held.checking SET balance = 2000000, moves = 1 WHERE id = 7");
        SharedStack.await(() ->
                assertThat(SharedStack.status("held").path("parked").asLong()).isEqualTo(1));
        wish("held", 6, parking);
        SharedStack.await(
                () -> assertThat(SharedStack.status("held").path("error").asString())
                        .contains("6 partitions take effect instead of 4; rows flow as before until then")
                        .contains("1 parked rows of held.checking"));
        stack.source().execute("UPDATE held.saving SET balance = balance + 1, moves = 1");
        awaitEqual("held", "held", "saving");
        assertThat(SharedStack.status("held").at("/dispatch/partitionSeqs").size())
                .isEqualTo(4);
        stack.target().execute("ALTER TABLE held.checking MODIFY balance INT NOT NULL");
        Map<String, String> table = Map.of("pipeline", "held", "targetSchema", "held", "targetTable", "checking");
        SharedStack.await(() ->
                assertThat(admin.post("/parked-rows/replay", table).status()).isEqualTo(202));
        awaitPartitions("held", 6);
        stack.source().execute("UPDATE held.checking SET balance = balance + 1, moves = moves + 1");
        awaitEqual("held", "held", "checking");
        awaitEqual("held", "held", "saving");
        assertThat(SharedStack.status("held").path("error").isMissingNode()).isTrue();
    }

    /** Damaged tables come right again from the log, while they go on changing and another pipeline goes on. */
    @Test
    void aStretchOfTheLogIsSentAgain() throws Exception {
        Bank.create(stack.source(), "again");
        for (String copy : List.of("again", "whole_again", "beside")) {
            Bank.create(stack.target(), copy);
        }
        SharedStack.channel(
                "again",
                List.of(
                        pipeline("again", "again", "again", Map.of()),
                        pipeline("whole-again", "again", "whole_again", Map.of("mode", "TRANSACTION")),
                        pipeline("beside", "again", "beside", Map.of())));
        long first = SharedStack.status("again").path("captured").asLong() + 1;
        Random random = new Random(SEED);
        Bank.open(stack.source(), "again");
        try (BankLoad load = new BankLoad(stack.source(), "again", SEED, Duration.ofMillis(20))) {
            Thread.sleep(3_000);
            Map<String, Object> wish =
                    Map.of("entry", first, "tables", List.of(Map.of("schema", "again", "table", "checking")));
            for (String pipeline : List.of("again", "whole-again")) {
                String copy = pipeline.replace('-', '_');
                // a deadlock with what is being applied is nobody's fault
                SharedStack.await(() -> assertThatCode(() -> stack.target()
                                .execute(
                                        "DELETE FROM " + copy + ".checking WHERE id % 7 = 0",
                                        "UPDATE " + copy + ".checking SET balance = 0, moves = -1 WHERE id % 7 = 1"))
                        .doesNotThrowAnyException());
                assertThat(admin.create("/pipelines/" + pipeline + "/replay", wish)
                                .path("configVersion")
                                .asLong())
                        .isPositive();
            }
            SharedStack.killOne("dispatcher", random);
            SharedStack.killOne("apply", random);
            SharedStack.await(() -> assertThat(List.of("again", "whole-again")).allSatisfy(pipeline -> {
                var replay = SharedStack.status(pipeline).at("/dispatch/replay");
                assertThat(replay.path("until").asLong()).as("%s", replay).isGreaterThan(first);
                assertThat(replay.path("at").asLong())
                        .isEqualTo(replay.path("until").asLong());
            }));
            assertThat(load.transactions()).isPositive();
        }
        awaitEqual("again", "again");
        awaitEqual("again", "whole_again");
        awaitEqual("again", "beside");
        assertThat(SharedStack.status("beside").path("dispatch").has("replay")).isFalse();
    }

    private static void awaitPartitions(String pipeline, int partitions) {
        SharedStack.await(() -> assertThat(SharedStack.status(pipeline)
                        .at("/dispatch/partitionSeqs")
                        .size())
                .isEqualTo(partitions));
    }

    private static void wish(String pipeline, int partitions, Map<String, Object> more) throws Exception {
        assertThat(admin.put(
                                "/channels/" + pipeline,
                                Map.of("name", pipeline, "pipelines", List.of(pipeline(pipeline, partitions, more))))
                        .status())
                .isEqualTo(200);
    }

    /** One between schemas of its own name. */
    private static Map<String, Object> pipeline(String name, int partitions, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("partitions", partitions);
        return pipeline(name, name, name, all);
    }

    private static void awaitEqual(String schema, String copy) {
        awaitEqual(schema, copy, "checking");
        awaitEqual(schema, copy, "saving");
    }

    private static void awaitEqual(String schema, String copy, String table) {
        SharedStack.awaitEqual(schema + "." + table, copy + "." + table);
    }

    private static Map<String, Object> pipeline(
            String name, String schema, String targetSchema, Map<String, Object> more) {
        return SharedStack.pipeline(
                "bank", name, List.of(Map.of("schema", schema, "table", "*", "targetSchema", targetSchema)), more);
    }
}
