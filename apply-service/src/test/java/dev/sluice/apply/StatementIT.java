package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.config.DdlRules;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.error.RepairCommand;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements among rows: everything before is applied, the statement runs once, and only then come the rows behind. */
class StatementIT {
    private static final int PARTITIONS = 3;
    private static final long TIME = 1_700_000_000_000_000L;

    private final DatabaseServer target = SharedServers.mysql();
    private String database = "";

    @BeforeEach
    void create() {
        database = Databases.create(target, "statement");
        target.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, v INT)");
    }

    @Test
    void partitionsOfTwoInstancesMeetBeforeAStatement() throws Exception {
        try (ApplyBench bench = new ApplyBench(target, PARTITIONS)) {
            bench.configure();
            ApplyPipeline one = bench.start("one");
            ApplyPipeline two = bench.start("two");
            DdlLine statement =
                    statement("ALTER TABLE `" + database + "`.`t` ADD w VARCHAR(5) NOT NULL, DROP v", 3, PARTITIONS);
            for (int p = 0; p < PARTITIONS - 1; p++) {
                bench.publish(p, rowBefore(p).build(1, 1));
                bench.publish(
                        p,
                        new MessageBuilder().transaction().statement(statement).build(1, 2));
                bench.publish(p, rowBehind(p).build(1, 4));
            }
            await("the first waits for the last").atMost(ApplyBench.PATIENCE).until(() -> errors(one, two).stream()
                    .anyMatch(error -> error.contains("entry 7 waits for partition " + (PARTITIONS - 1))));
            assertThat(columns()).containsExactly("id", "v");
            assertThat(bench.query("SELECT id FROM " + database + ".t ORDER BY id"))
                    .containsExactly("0", "1");

            int last = PARTITIONS - 1;
            bench.publish(last, rowBefore(last).build(1, 1));
            bench.publish(
                    last,
                    new MessageBuilder().transaction().statement(statement).build(1, 2));
            bench.publish(last, rowBehind(last).build(1, 4));
            for (int p = 0; p < PARTITIONS; p++) {
                bench.awaitWatermark(p, 4);
            }
            assertThat(columns()).containsExactly("id", "w");
            assertThat(bench.query("SELECT id, w FROM " + database + ".t ORDER BY id"))
                    .containsExactly("0|", "1|", "2|", "100|new", "101|new", "102|new");
            assertThat(bench.query("SELECT entry, finished IS NOT NULL FROM sluice.sluice_ddl WHERE pipeline='"
                            + bench.pipeline() + "'"))
                    .containsExactly("7|1");
            await().atMost(ApplyBench.PATIENCE).until(() -> errors(one, two).isEmpty());
        }
    }

    /** The server goes on with a statement whose client is gone; the next try waits for it and finds it done. */
    @Test
    void aStatementWhoseClientIsGoneRunsOnce() throws Exception {
        try (TcpProxy proxy = new TcpProxy(target.host(), target.port());
                ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure(
                    bench.dataSource(proxy.host(), proxy.port(), target.password()), Pipeline.DesiredState.RUNNING);
            String sql = "ALTER TABLE `" + database + "`.`t` ADD w INT, RENAME COLUMN v TO v2, ADD v INT";
            try (Connection reader = target.connect()) {
                // whoever reads the table keeps it from being altered
                reader.setAutoCommit(false);
                try (Statement select = reader.createStatement()) {
                    select.executeQuery("SELECT COUNT(*) FROM " + database + ".t");
                }
                ApplyPipeline one = bench.start("one");
                bench.publish(0, rowBefore(0).build(1, 1));
                bench.publish(
                        0,
                        new MessageBuilder()
                                .transaction()
                                .statement(statement(sql, 3, 1))
                                .build(1, 2));
                await("it waits for the reader")
                        .atMost(ApplyBench.PATIENCE)
                        .until(() -> waitingForTheTable(bench) == 1);
                proxy.cut();
                await("the next try sees that the first is still there")
                        .atMost(ApplyBench.PATIENCE)
                        .until(() ->
                                errors(one).stream().anyMatch(error -> error.contains("still runs at the target")));
                assertThat(waitingForTheTable(bench)).isEqualTo(1);
                reader.rollback();
            }
            bench.awaitWatermark(0, 3);
            assertThat(columns()).containsExactly("id", "v2", "w", "v");
        }
    }

    @Test
    void aTargetThatHasTheChangeGoesOn() throws Exception {
        target.execute("ALTER TABLE " + database + ".t ADD w INT");
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure();
            bench.start("one");
            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .statement(statement("ALTER TABLE `" + database + "`.`t` ADD w INT", 2, 1))
                            .build(1, 1));
            bench.awaitWatermark(0, 2);
            assertThat(columns()).containsExactly("id", "v", "w");
        }
    }

    @Test
    void aStatementThatTheTargetRefusesStopsItsPipelineUntilItIsTaken() throws Exception {
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure();
            ApplyPipeline one = bench.start("one");
            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .statement(
                                    statement("ALTER TABLE `" + database + "`.`t` ADD UNIQUE u (x), ADD w INT", 2, 1))
                            .build(1, 1));
            await().atMost(ApplyBench.PATIENCE).until(() -> errors(one).stream()
                    .anyMatch(error -> error.contains("entry 7") && error.contains("refuses it")));
            assertThat(ApplyBench.status(one, 0).state()).isEqualTo(State.FAILED);
            assertThat(ApplyBench.status(one, 0).statement()).isEqualTo(7);
            target.execute("ALTER TABLE " + database + ".t ADD x INT");
            bench.awaitWatermark(0, 2);
            assertThat(columns()).containsExactly("id", "v", "x", "w");
        }
    }

    @Test
    void aStatementThatTheOperatorGivesUpOnItsWayDoesNotRun() throws Exception {
        try (ApplyBench bench = new ApplyBench(target, 3)) {
            bench.configure();
            ApplyPipeline one = bench.start("one");
            ApplyPipeline two = bench.start("two");
            DdlLine statement = statement("ALTER TABLE `" + database + "`.`t` ADD UNIQUE u (nowhere)", 2, 3);
            for (int p = 0; p < 3; p++) {
                bench.publish(
                        p,
                        new MessageBuilder().transaction().statement(statement).build(1, 1));
                bench.publish(p, rowBefore(p).build(1, 3));
            }
            await("the first is refused").atMost(ApplyBench.PATIENCE).until(() -> errors(one, two).stream()
                    .anyMatch(error -> error.contains(
                            "answer ignore at /api/v1/pipelines/" + bench.pipeline() + "/statements/7")));
            await("the others wait for it")
                    .atMost(ApplyBench.PATIENCE)
                    .until(() -> errors(one, two).stream()
                                    .filter(error ->
                                            error.contains("waits for partition 0 to run the statement at entry 7"))
                                    .count()
                            == 2);
            DdlRules answered = DdlRules.of(DdlRules.Policy.APPLY).answered(new DdlRules.Answer(7, false), 9);
            bench.configure(ApplyRules.DEFAULT.withDdl(answered), 1);
            for (int p = 0; p < 3; p++) {
                bench.awaitWatermark(p, 3);
            }
            assertThat(columns()).containsExactly("id", "v");
            assertThat(bench.query("SELECT id FROM " + database + ".t ORDER BY id"))
                    .containsExactly("0", "1", "2");
            await("all go on").atMost(ApplyBench.PATIENCE).until(() -> errors(one, two)
                    .isEmpty());
        }
    }

    /** A row from before the statement that is parked comes before it, wherever it is parked. */
    @Test
    void aStatementWaitsForTheParkedRowsOfItsTable() throws Exception {
        target.execute("CREATE TABLE " + database + ".other (id INT PRIMARY KEY)");
        TableLine other = Tables.table(2, database, "other", List.of("id int"), List.of(0), List.of());
        TableLine table = Tables.table(1, database, "t", List.of("id int", "v int"), List.of(0), List.of());
        try (ApplyBench bench = new ApplyBench(target, 2)) {
            bench.configure(new ApplyRules(ApplyRules.BadRow.PARK, null, 0, null), 1);
            ApplyPipeline one = bench.start("one");
            DdlLine statement = statement("ALTER TABLE `" + database + "`.`t` ADD w VARCHAR(5)", 3, 2);
            bench.publish(0, rowBefore(0).build(1, 1));
            bench.publish(
                    1,
                    new MessageBuilder()
                            .transaction()
                            .insert(table, "1", "99999999999")
                            .build(1, 1));
            for (int p = 0; p < 2; p++) {
                bench.publish(
                        p,
                        new MessageBuilder().transaction().statement(statement).build(1, 2));
                bench.publish(
                        p,
                        new MessageBuilder()
                                .transaction()
                                .insert(other, Integer.toString(p))
                                .build(1, 4));
            }
            await("the statement waits").atMost(ApplyBench.PATIENCE).until(() -> errors(one).stream()
                    .anyMatch(error -> error.contains("entry 7 waits for 1 parked rows of " + database + ".t")));
            assertThat(ApplyBench.status(one, 0).state()).isEqualTo(State.SUSPENDED);
            assertThat(columns()).containsExactly("id", "v");
            assertThat(bench.query("SELECT * FROM " + database + ".other")).isEmpty();

            bench.repair(1, new RepairCommand(RepairCommand.Action.SKIP, database, "t", 1, 1, null, "ann"));
            for (int p = 0; p < 2; p++) {
                bench.awaitWatermark(p, 4);
            }
            assertThat(columns()).containsExactly("id", "v", "w");
            assertThat(bench.query("SELECT id FROM " + database + ".t")).containsExactly("0");
            await().atMost(ApplyBench.PATIENCE).until(() -> ApplyBench.isIn(State.RUNNING, one, 0));
        }
    }

    @Test
    void aStatementComesBetweenWholeTransactionsOnly() throws Exception {
        TableLine table = Tables.table(1, database, "t", List.of("id int", "v int"), List.of(0), List.of());
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure();
            ApplyPipeline one = bench.start("one");
            DdlLine statement = statement("ALTER TABLE `" + database + "`.`t` DROP v, ADD w VARCHAR(5)", 6, 1);
            bench.publish(
                    0,
                    new MessageBuilder().transaction().insert(table, "1", "1").buildWhole(1, 1));
            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .insert(table, "2", "1")
                            .insert(table, "3", "1")
                            .commit()
                            .buildWhole(1, 2));
            bench.publish(
                    0, new MessageBuilder().transaction().statement(statement).buildWhole(1, 5));
            bench.publish(0, rowBehind(0).commit().buildWhole(1, 7));
            bench.awaitWatermark(0, 8);
            assertThat(columns()).containsExactly("id", "w");
            assertThat(bench.query("SELECT id FROM " + database + ".t ORDER BY id"))
                    .containsExactly("1", "2", "3", "100");

            bench.publish(0, rowBehind(1).buildWhole(1, 9));
            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .statement(statement("DROP TABLE `" + database + "`.`t`", 11, 1))
                            .buildWhole(1, 10));
            await("it is refused").atMost(ApplyBench.PATIENCE).until(() -> errors(one).stream()
                    .anyMatch(error -> error.contains("comes inside a transaction")));
            assertThat(columns()).containsExactly("id", "w");
        }
    }

    private long waitingForTheTable(ApplyBench bench) {
        return bench
                .query("SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE '%metadata lock%'"
                        + " AND info LIKE '%" + database + "%' AND info LIKE 'ALTER%'")
                .stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    private List<String> columns() throws Exception {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                var rows =
                        statement.executeQuery("SELECT column_name FROM information_schema.columns WHERE table_schema='"
                                + database + "' AND table_name='t' ORDER BY ordinal_position")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private static List<String> errors(ApplyPipeline... instances) {
        return List.of(instances).stream()
                .flatMap(instance -> instance.status().stream())
                .map(PartitionStatus::error)
                .filter(Objects::nonNull)
                .toList();
    }

    private MessageBuilder rowBefore(int partition) {
        TableLine before = Tables.table(1, database, "t", List.of("id int", "v int"), List.of(0), List.of());
        return new MessageBuilder().transaction().insert(before, Integer.toString(partition), "1");
    }

    private MessageBuilder rowBehind(int partition) {
        TableLine behind = Tables.table(1, database, "t", List.of("id int", "w varchar"), List.of(0), List.of());
        return new MessageBuilder().transaction().insert(behind, Integer.toString(100 + partition), "\"new\"");
    }

    private DdlLine statement(String sql, long seq, int partitions) {
        return new DdlLine(
                "source",
                sql,
                TIME,
                "alter",
                List.of(new TableLine.Target(database, "t")),
                new DdlLine.Session(false, 80_015, 0),
                new DdlLine.Barrier(7, Collections.nCopies(partitions, seq)));
    }
}
