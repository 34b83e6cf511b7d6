package dev.sluice.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.Channel;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.message.SnapshotLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/** Whatever was written last, whoever goes on with it copies each table to its end. */
class TablePlanTest {
    private static final int TABLES = 12;
    private static final int SIDE_BY_SIDE = 3;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Configuration configuration = configuration();
    private final List<TableName> tables = IntStream.range(0, TABLES)
            .mapToObj(i -> new TableName("s", "t" + (char) ('a' + i), 0))
            .toList();
    private final Snapshot snapshot = new Snapshot(
            "n",
            Instant.EPOCH,
            "source",
            List.of("p"),
            List.of(new Snapshot.Tables("s", "t*", null, null), new Snapshot.Tables("s", "tc", null, null)),
            Snapshot.DesiredState.RUNNING,
            1,
            null);

    @RepeatedTest(50)
    void noTableIsLeftOutAfterAKill() {
        Map<TablePlan.Step, Integer> lengths = new HashMap<>();
        SnapshotLine written = SnapshotLine.begun("n", Instant.EPOCH);
        TablePlan.of(snapshot, configuration, tables, written)
                .steps()
                .forEach(step -> lengths.put(step, 1 + random.nextInt(5)));
        Map<TablePlan.Step, Integer> copied = new HashMap<>();
        for (int run = 0; run < 1_000; run++) {
            TablePlan plan = TablePlan.of(snapshot, configuration, tables, written);
            if (plan.steps().isEmpty()) {
                break;
            }
            written = runUntilKilled(plan, written.keeping(plan::has), lengths, copied);
        }
        assertThat(copied).as("seed %d", seed).isEqualTo(lengths);
        assertThat(written.tables()).as("seed %d", seed).isEqualTo(lengths.size());
        assertThat(written.beside()).isEmpty();
    }

    private SnapshotLine runUntilKilled(
            TablePlan plan,
            SnapshotLine begun,
            Map<TablePlan.Step, Integer> lengths,
            Map<TablePlan.Step, Integer> copied) {
        List<TablePlan.Step> left = new ArrayList<>(plan.steps());
        List<TablePlan.Step> copying = new ArrayList<>();
        SnapshotLine state = begun;
        for (int chunks = random.nextInt(9); chunks >= 0; chunks--) {
            while (copying.size() < SIDE_BY_SIDE && !left.isEmpty()) {
                copying.add(left.remove(0));
                TablePlan.Step last = copying.get(copying.size() - 1);
                state = state.begin(last.part(), "s", last.name().table());
            }
            if (copying.isEmpty()) {
                return state;
            }
            TablePlan.Step step = copying.get(random.nextInt(copying.size()));
            String table = step.name().table();
            List<String> after = state.afterKey(step.part(), "s", table);
            int chunk = after == null ? 1 : Integer.parseInt(after.get(0)) + 1;
            boolean end = chunk == lengths.get(step);
            state = state.read(step.part(), "s", table, 1, List.of(String.valueOf(chunk)), end);
            assertThat(copied.put(step, chunk))
                    .as("seed %d, chunks in their order", seed)
                    .isEqualTo(chunk == 1 ? null : chunk - 1);
            if (end) {
                copying.remove(step);
            }
        }
        return state;
    }

    private static Configuration configuration() {
        Pipeline pipeline = new Pipeline(
                "p",
                "source",
                "target",
                Pipeline.DesiredState.RUNNING,
                1,
                1,
                List.of(new Mapping("s", "*", null, null, ColumnRules.ALL, null)));
        return new Configuration(1, List.of(), List.of(new Channel("c", List.of(pipeline))));
    }
}
