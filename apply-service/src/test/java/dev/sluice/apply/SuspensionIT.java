package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A refused row suspends its partition: tried again a few times, then not before somebody says so. */
class SuspensionIT {
    private static final String NOT_AGAIN = "tried 2 times, not tried again before the pipeline is released";

    private final DatabaseServer target = SharedServers.mysql();
    private final String database = Databases.create(target, "suspended");
    private final TableLine narrow =
            Tables.table(1, database, "narrow", List.of("id int", "v varchar(20)"), List.of(0), List.of());

    @Test
    void aSuspensionOutlivesARestartAndARepairAndEndsWithTheRelease() throws Exception {
        ApplyRules once = new ApplyRules(ApplyRules.BadRow.SUSPEND, null, 1, null);
        target.execute("CREATE TABLE " + database + ".narrow (id INT PRIMARY KEY, v VARCHAR(3))");
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure(once, 1);
            ApplyPipeline first = bench.start("one");
            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .insert(narrow, "1", "\"a\"")
                            .insert(narrow, "2", "\"much too long\"")
                            .build(1, 1));
            await().atMost(ApplyBench.PATIENCE).until(() -> says(first, NOT_AGAIN));
            first.close();

            target.execute("ALTER TABLE " + database + ".narrow MODIFY v VARCHAR(20)");
            ApplyPipeline second = bench.start("two");
            await().atMost(ApplyBench.PATIENCE).until(() -> says(second, NOT_AGAIN));

            assertThat(ApplyBench.status(second, 0).error()).startsWith("source.narrow id=2, entry 2, transaction at");
            assertThat(ApplyBench.isIn(State.SUSPENDED, second, 0)).isTrue();
            assertThat(bench.watermark(0)).isZero();
            assertThat(second.health().up()).isTrue();

            bench.configure(once, 2);

            bench.awaitWatermark(0, 2);
            await().atMost(ApplyBench.PATIENCE).until(() -> ApplyBench.isIn(State.RUNNING, second, 0));
            assertThat(second.health().problems()).isEmpty();
        }
    }

    @Test
    @Tag("extended")
    void aTableThatSomebodyHoldsLockedIsParkedAndComesBack() throws Exception {
        TableLine other = Tables.table(2, database, "other", List.of("id int"), List.of(0), List.of());
        target.execute(
                "CREATE TABLE " + database + ".narrow (id INT PRIMARY KEY, v VARCHAR(20))",
                "CREATE TABLE " + database + ".other (id INT PRIMARY KEY)");
        try (ApplyBench bench = new ApplyBench(target, 1);
                Connection holder = target.connect();
                Statement lock = holder.createStatement()) {
            bench.configure(new ApplyRules(ApplyRules.BadRow.PARK, 2, 100, null), 1);
            ApplyPipeline sink = bench.start("one");
            bench.publish(
                    0, new MessageBuilder().transaction().insert(other, "1").build(1, 1));
            bench.awaitWatermark(0, 1);
            lock.execute("LOCK TABLES " + database + ".narrow WRITE");
            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .insert(narrow, "1", "\"a\"")
                            .insert(other, "2")
                            .build(1, 2));

            bench.awaitWatermark(0, 3);
            assertThat(ApplyBench.status(sink, 0).parkedTables()).containsExactly(database + ".narrow");
            assertThat(bench.query("SELECT id FROM " + database + ".other ORDER BY id"))
                    .containsExactly("1", "2");
            lock.execute("UNLOCK TABLES");
            await().atMost(ApplyBench.PATIENCE)
                    .until(() -> ApplyBench.status(sink, 0).parked() == 0);
            assertThat(bench.query("SELECT id FROM " + database + ".narrow")).containsExactly("1");
        }
    }

    private static boolean says(ApplyPipeline instance, String text) {
        return instance.status().stream()
                .anyMatch(status -> status.error() != null && status.error().contains(text));
    }
}
