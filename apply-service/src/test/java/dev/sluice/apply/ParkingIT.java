package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.error.ErrorEntry;
import dev.sluice.change.error.RepairCommand;
import dev.sluice.change.error.RepairCommand.Action;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** A row that the target refuses is set aside with what follows of its table, in order, and comes back by itself or by hand. */
@ParameterizedClass(autoCloseArguments = false)
@MethodSource("dev.sluice.apply.Targets#all")
class ParkingIT {
    private static final ApplyRules PARK = new ApplyRules(ApplyRules.BadRow.PARK, null, 0, null);

    private final DatabaseServer target;
    private final String database;
    private final TableLine narrow;
    private final TableLine other;
    private final List<ErrorEntry> reports = new ArrayList<>();

    ParkingIT(DatabaseServer target) {
        this.target = target;
        database = Databases.create(target, "parking");
        narrow = Tables.table(1, database, "narrow", List.of("id int", "v varchar(20)"), List.of(0), List.of());
        other = Tables.table(2, database, "other", List.of("id int"), List.of(0), List.of());
    }

    private void create() {
        target.execute(
                "CREATE TABLE " + database + ".narrow (id INT PRIMARY KEY, v VARCHAR(3))",
                "CREATE TABLE " + database + ".other (id INT PRIMARY KEY)");
    }

    /** Entries 2, 4 and 5 are parked: the second row is too long, the others follow it. */
    private MessageBuilder poisoned() {
        return new MessageBuilder()
                .transaction()
                .insert(narrow, "1", "\"a\"")
                .insert(narrow, "2", "\"much too long\"")
                .insert(other, "1")
                .update(narrow, new String[] {"1", "\"a\""}, new String[] {"1", "\"b\""})
                .delete(narrow, "1", "\"b\"")
                .insert(other, "2");
    }

    @Test
    void parksTheRowAndWhatFollowsOfItsTableWhileOtherTablesGoOn() throws Exception {
        create();
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure(PARK, 1);
            ApplyPipeline sink = bench.start("one");
            bench.publish(0, poisoned().build(1, 1));
            bench.awaitWatermark(0, 6);
            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .insert(narrow, "3", "\"c\"")
                            .insert(other, "3")
                            .build(1, 7));
            bench.awaitWatermark(0, 8);

            assertThat(rows(bench, "narrow")).containsExactly("1|a");
            assertThat(rows(bench, "other")).containsExactly("1", "2", "3");
            assertThat(ApplyBench.isIn(State.RUNNING, sink, 0)).isTrue();
            assertThat(ApplyBench.status(sink, 0).parked()).isEqualTo(4);
            assertThat(ApplyBench.status(sink, 0).parkedTables()).containsExactly(database + ".narrow");
            assertThat(sink.health().up()).isTrue();
            assertThat(sink.health().problems()).singleElement().asString().contains("4 rows of " + database);
            awaitReport(bench, 7, ErrorEntry.State.PARKED);
            ErrorEntry refused = report(2);
            assertThat(refused.reason()).contains("value is too long for").contains("widen");
            assertThat(refused.sqlState()).isEqualTo("22001");
            assertThat(refused.before()).isNull();
            assertThat(refused.after()).hasToString("{id=2, v=\"much too long\"}");
            ErrorEntry update = report(4);
            assertThat(update.reason()).isEqualTo("waits behind entry 2 of its table");
            assertThat(update.before()).hasToString("{id=1, v=\"a\"}");
            assertThat(update.after()).hasToString("{id=1, v=\"b\"}");
            assertThat(report(5).after()).isNull();

            target.execute(Targets.widen(target, database + ".narrow", "v"));
            bench.repair(0, command(Action.REPLAY, 7, null));
            awaitReport(bench, 7, ErrorEntry.State.APPLIED);
            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .update(narrow, new String[] {"3", "\"c\""}, new String[] {"3", "\"cc\""})
                            .build(1, 9));
            bench.awaitWatermark(0, 9);

            await().atMost(ApplyBench.PATIENCE)
                    .until(() -> ApplyBench.status(sink, 0).parked() == 0);
            assertThat(rows(bench, "narrow")).containsExactly("2|much too long", "3|cc");
            await().atMost(ApplyBench.PATIENCE).until(() -> bench.query(
                            "SELECT COUNT(*) FROM sluice.sluice_parked WHERE pipeline='" + bench.pipeline() + "'")
                    .get(0)
                    .equals("0"));
            assertThat(sink.health().problems()).isEmpty();
        }
    }

    @Test
    void aRowIsEditedOrSkippedAndTheOthersFollow() throws Exception {
        create();
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure(PARK, 1);
            bench.start("one");
            bench.publish(
                    0, poisoned().insert(narrow, "4", "\"too long again\"").build(1, 1));
            bench.awaitWatermark(0, 7);
            awaitReport(bench, 7, ErrorEntry.State.PARKED);

            bench.repair(0, command(Action.RETRY, 2, null));
            await("the retry is noted").atMost(ApplyBench.PATIENCE).until(() -> tries(bench, 2) == 1);
            bench.repair(0, command(Action.RETRY, 2, Map.of("nowhere", StringNode.valueOf("x"))));
            await("the wrong edit is noted").atMost(ApplyBench.PATIENCE).until(() -> tries(bench, 2) == 2);
            assertThat(report(2).reason()).isEqualTo("the row has no column 'nowhere'");
            bench.repair(0, command(Action.RETRY, 2, Map.of("v", StringNode.valueOf("ok"))));
            awaitReport(bench, 2, ErrorEntry.State.APPLIED);
            assertThat(rows(bench, "narrow")).containsExactly("1|a", "2|ok");

            bench.repair(0, command(Action.SKIP, 5, null));
            awaitReport(bench, 5, ErrorEntry.State.SKIPPED);
            bench.repair(0, command(Action.REPLAY, 7, null));
            awaitReport(bench, 4, ErrorEntry.State.APPLIED);
            await("the last is refused").atMost(ApplyBench.PATIENCE).until(() -> tries(bench, 7) == 1);
            assertThat(rows(bench, "narrow")).containsExactly("1|b", "2|ok");
            bench.repair(0, command(Action.SKIP_TO, 7, null));
            awaitReport(bench, 7, ErrorEntry.State.SKIPPED);

            bench.publish(
                    0,
                    new MessageBuilder()
                            .transaction()
                            .insert(narrow, "5", "\"e\"")
                            .build(1, 8));
            bench.awaitWatermark(0, 8);
            await().atMost(ApplyBench.PATIENCE)
                    .until(() -> rows(bench, "narrow").equals(List.of("1|b", "2|ok", "5|e")));
        }
    }

    @Test
    void aTableThatIsMissingIsTriedAgainByItselfUntilItIsThere() throws Exception {
        target.execute("CREATE TABLE " + database + ".other (id INT PRIMARY KEY)");
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure(new ApplyRules(ApplyRules.BadRow.PARK, null, 100, null), 1);
            bench.start("one");
            bench.publish(0, poisoned().build(1, 1));
            bench.awaitWatermark(0, 6);
            awaitReport(bench, 5, ErrorEntry.State.PARKED);
            assertThat(report(1).reason()).contains("no such table");
            await("tried again").atMost(ApplyBench.PATIENCE).until(() -> tries(bench, 1) > 0);

            target.execute("CREATE TABLE " + database + ".narrow (id INT PRIMARY KEY, v VARCHAR(20))");
            awaitReport(bench, 5, ErrorEntry.State.APPLIED);

            assertThat(rows(bench, "narrow")).containsExactly("2|much too long");
            assertThat(rows(bench, "other")).containsExactly("1", "2");
        }
    }

    private RepairCommand command(Action action, long seq, @Nullable Map<String, JsonNode> cells) {
        return new RepairCommand(action, database, "narrow", 1, seq, cells, "ann");
    }

    private void awaitReport(ApplyBench bench, long seq, ErrorEntry.State state) {
        await("entry " + seq + " is " + state).atMost(ApplyBench.PATIENCE).until(() -> {
            reports.addAll(bench.reports());
            return reports.stream().anyMatch(entry -> entry.seq() == seq && entry.state() == state);
        });
    }

    private int tries(ApplyBench bench, long seq) throws Exception {
        reports.addAll(bench.reports());
        return report(seq).tries();
    }

    private ErrorEntry report(long seq) {
        return reports.stream()
                .filter(entry -> entry.seq() == seq)
                .reduce((a, b) -> b.revision() > a.revision() ? b : a)
                .orElseThrow();
    }

    private List<String> rows(ApplyBench bench, String table) {
        return bench.query("SELECT * FROM " + database + "." + table + " ORDER BY id");
    }
}
