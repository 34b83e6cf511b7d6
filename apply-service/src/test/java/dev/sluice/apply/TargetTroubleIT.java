package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.Pipeline;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTroubleIT {
    private final DatabaseServer target = SharedServers.mysql();

    @Test
    void aTargetKilledInTheMiddleOfBatchesLosesAndRepeatsNothing() throws Exception {
        String database = Databases.create(target, "crash");
        target.execute(CounterLoad.ddl(database));
        try (ApplyBench bench = new ApplyBench(target, 3)) {
            bench.configure();
            ApplyPipeline sink = bench.start("one");
            try (CounterLoad load = CounterLoad.start(bench, database, 3)) {
                for (int kill = 0; kill < 3; kill++) {
                    long reached = bench.watermark(0);
                    await().atMost(ApplyBench.PATIENCE)
                            .ignoreExceptions()
                            .until(() -> bench.watermark(0) > reached + 50);
                    target.kill9();
                    target.restart();
                }
                assertThat(load.finish(database)).isEqualTo(load.expected());
                assertThat(sink.status()).extracting(PartitionStatus::error).containsOnlyNulls();
            }
        }
    }

    @Test
    void aRowThatIsRefusedSuspendsItsPartitionAloneUntilTheTargetIsRepaired() throws Exception {
        String database = Databases.create(target, "refused");
        target.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, v VARCHAR(3))");
        TableLine t = Tables.table(1, database, "t", List.of("id int", "v varchar(20)"), List.of(0), List.of());
        try (ApplyBench bench = new ApplyBench(target, 2)) {
            bench.configure();
            ApplyPipeline sink = bench.start("one");
            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .insert(t, "1", "\"a\"")
                            .insert(t, "2", "\"much too long\"")
                            .insert(t, "3", "\"c\"")
                            .build(1, 1));
            await().atMost(ApplyBench.PATIENCE).until(() -> ApplyBench.isIn(State.SUSPENDED, sink, 0));

            assertThat(ApplyBench.status(sink, 0).error())
                    .isEqualTo("source.t id=2, entry 2, transaction at mysql-bin.000001:4:"
                            + " the value is too long for column v; widen the column (error 1406)");
            assertThat(sink.health().up()).isTrue();
            assertThat(sink.health().problems()).hasSize(1);
            bench.publish(
                    1,
                    new MessageBuilder().transaction().insert(t, "9", "\"x\"").build(1, 1));
            bench.publish(
                    0,
                    new MessageBuilder().transaction().delete(t, "1", "\"a\"").build(1, 4));
            bench.awaitWatermark(1, 1);
            assertThat(bench.query("SELECT id FROM " + database + ".t")).containsExactly("9");

            target.execute("ALTER TABLE " + database + ".t MODIFY v VARCHAR(20)");

            bench.awaitWatermark(0, 4);
            assertThat(bench.query("SELECT * FROM " + database + ".t ORDER BY id"))
                    .containsExactly("2|much too long", "3|c", "9|x");
            await().atMost(ApplyBench.PATIENCE).until(() -> ApplyBench.isIn(State.RUNNING, sink, 0));
            assertThat(sink.health().problems()).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsSaidAndACorrectedOneIsTakenUp() throws Exception {
        String database = Databases.create(target, "password");
        target.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY)");
        TableLine t = Tables.table(1, database, "t", List.of("id int"), List.of(0), List.of());
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure(bench.dataSource(target.host(), target.port(), "wrong"), Pipeline.DesiredState.RUNNING);
            ApplyPipeline sink = bench.start("one");
            bench.publish(0, new MessageBuilder().transaction().insert(t, "1").build(1, 1));
            await().atMost(ApplyBench.PATIENCE).until(() -> !sink.health().up());

            assertThat(ApplyBench.status(sink, 0).state()).isEqualTo(State.FAILED);
            assertThat(ApplyBench.status(sink, 0).error())
                    .contains("refuses the user name or password: correct them in the data source")
                    .doesNotContain("wrong");

            bench.configure();

            bench.awaitWatermark(0, 1);
            await().atMost(ApplyBench.PATIENCE).until(() -> sink.health().up());
        }
    }

    @Test
    void aTargetThatCannotBeReachedMakesTheServiceNotUp() throws Exception {
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure(bench.dataSource("127.0.0.1", 1, "x"), Pipeline.DesiredState.RUNNING);
            ApplyPipeline sink = bench.start("one");
            await().atMost(ApplyBench.PATIENCE).until(() -> !sink.health().up());

            assertThat(ApplyBench.status(sink, 0).state()).isEqualTo(State.RETRYING);
            assertThat(ApplyBench.status(sink, 0).error()).contains("cannot be reached");
        }
    }

    @Test
    void aStoppedPipelineIsLeftAloneUntilItIsStartedAgain() throws Exception {
        String database = Databases.create(target, "stopped");
        target.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY)");
        TableLine t = Tables.table(1, database, "t", List.of("id int"), List.of(0), List.of());
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure();
            ApplyPipeline sink = bench.start("one");
            bench.publish(0, new MessageBuilder().transaction().insert(t, "1").build(1, 1));
            bench.awaitWatermark(0, 1);

            bench.configure(bench.dataSource(), Pipeline.DesiredState.STOPPED);
            await().atMost(ApplyBench.PATIENCE).until(() -> sink.status().isEmpty());
            bench.publish(0, new MessageBuilder().transaction().insert(t, "2").build(1, 2));
            assertThat(bench.watermark(0)).isEqualTo(1);

            bench.configure();
            bench.awaitWatermark(0, 2);
        }
    }
}
