package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A poisoned table and a sound one share a partition, and half of the rows each. */
class ParkingLagIT {
    private static final int MESSAGES = 400;

    private final DatabaseServer target = SharedServers.mysql();
    private final String database = Databases.create(target, "parkinglag");
    private final TableLine sound = Tables.table(1, database, "sound", List.of("id int"), List.of(0), List.of());
    private final TableLine poisoned =
            Tables.table(2, database, "poisoned", List.of("id int", "v varchar(20)"), List.of(0), List.of());
    private long seq = 1;

    @Test
    void aPoisonedTableLeavesTheLagOfTheOthersAsItWas() throws Exception {
        target.execute(
                "CREATE TABLE " + database + ".sound (id INT PRIMARY KEY)",
                "CREATE TABLE " + database + ".poisoned (id INT PRIMARY KEY, v VARCHAR(3))");
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure(new ApplyRules(ApplyRules.BadRow.PARK, null, 1_000, null), 1);
            ApplyPipeline sink = bench.start("one");
            lags(bench, sink, "\"ok\"");
            List<Long> before = lags(bench, sink, "\"ok\"");
            List<Long> during = lags(bench, sink, "\"much too long\"");

            System.out.printf(
                    "lag of the sound table, ms: p50 %.1f, p99 %.1f; beside a poisoned one that is tried again every"
                            + " second: p50 %.1f, p99 %.1f, %d rows parked%n",
                    millis(before, 0.5),
                    millis(before, 0.99),
                    millis(during, 0.5),
                    millis(during, 0.99),
                    ApplyBench.status(sink, 0).parked());
            assertThat(bench.query("SELECT COUNT(*) FROM " + database + ".sound"))
                    .containsExactly(Integer.toString(3 * MESSAGES));
            assertThat(bench.query("SELECT COUNT(*) FROM " + database + ".poisoned"))
                    .containsExactly(Integer.toString(2 * MESSAGES));
            assertThat(ApplyBench.status(sink, 0).parked()).isEqualTo(MESSAGES);
            // far from the seconds that one refused row costs a suspended partition, and beyond a busy machine's noise
            assertThat(millis(during, 0.5)).isLessThan(2 * millis(before, 0.5) + 100);
            assertThat(millis(during, 0.99)).isLessThan(4 * millis(before, 0.99) + 500);
            bench.reports();
        }
    }

    /** Sends messages of one row for each table at a steady rate; how long the sound table's rows took, or all rows. */
    private List<Long> lags(ApplyBench bench, ApplyPipeline sink, String cell) throws Exception {
        await().atMost(ApplyBench.PATIENCE).until(() -> !sink.status().isEmpty());
        List<Long> before = ApplyBench.status(sink, 0).lag();
        for (int i = 0; i < MESSAGES; i++) {
            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .insert(sound, Long.toString(seq))
                            .insert(poisoned, Long.toString(seq), cell)
                            .build(1, seq));
            seq += 2;
            Thread.sleep(5);
        }
        bench.awaitWatermark(0, seq - 1);
        List<Long> after = ApplyBench.status(sink, 0).lag();
        List<Long> difference = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            difference.add(after.get(i) - (before.isEmpty() ? 0 : before.get(i)));
        }
        return difference;
    }

    private static double millis(List<Long> lags, double share) {
        return LagHistogram.percentile(lags, share) / 1_000.0;
    }
}
