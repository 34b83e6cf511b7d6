package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.KeyHash;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows on their way from a source log to the partition queues of a real broker. */
class DispatchIT {
    private Fixture fixture;

    @BeforeEach
    void connect() throws Exception {
        fixture = new Fixture(SharedServers.rabbit());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everyRowArrivesOnceAndInTheOrderOfItsKey() throws Exception {
        RandomChanges history = new RandomChanges(11);
        fixture.log().claim(1, 0);
        fixture.log().messages(1, history.next(3_000), new Random(1));
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
            assertThat(sink.duplicates()).isZero();
            assertThat(sink.gaps()).isZero();
            Map<String, Set<Integer>> partitions = sink.rows().stream()
                    .collect(Collectors.groupingBy(
                            row -> row.table().name(),
                            Collectors.mapping(FoldingSink.Row::partition, Collectors.toSet())));
            assertThat(partitions.get("orders")).containsExactlyInAnyOrder(0, 1, 2, 3);
            assertThat(partitions.get("accounts")).hasSize(1);
            assertThat(partitions.get("journal")).hasSize(1);
            Fixture.awaitSeq(dispatcher, history.all().size());
            assertThat(Fixture.status(dispatcher).partitionSeqs()).isEqualTo(sink.seqs());
            assertThat(Fixture.status(dispatcher).read())
                    .isEqualTo(history.all().size());
            assertThat(Fixture.status(dispatcher).dispatched()).isEqualTo(sink.count());
            // many rows a message: 3,000 rows in messages of 64 kB for four partitions
            assertThat(sink.messages()).isLessThan(sink.count() / 5);
        }
    }

    @Test
    void changeOfAPrimaryKeyDeletesInTheOldPartitionAndInsertsInTheNew() throws Exception {
        long from = 1;
        long to = 2;
        while (partition(to) == partition(from)) {
            to++;
        }
        fixture.log().claim(1, 0);
        fixture.log()
                .message(
                        1,
                        List.of(
                                new Change(1, 1, 0, true, null, Tables.ORDERS, RowOp.INSERT, from, from, 1, 0, "a"),
                                new Change(2, 2, 1, true, null, Tables.ORDERS, RowOp.UPDATE, to, from, 2, 1, "a")));
        fixture.dispatcher("one").configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        try (FoldingSink sink = fixture.sink()) {
            await().atMost(Fixture.PATIENCE).until(() -> sink.count() == 3);
            String old = "\"pk\":\"" + hex(LogBody.key(from)) + "\"";
            String changed = "\"pk\":\"" + hex(LogBody.key(to)) + "\"";
            assertThat(sink.rows())
                    .filteredOn(row -> row.partition() == partition(1))
                    .extracting(FoldingSink.Row::what)
                    .containsExactly("c1", "d1");
            assertThat(sink.rows())
                    .filteredOn(row -> row.partition() != partition(1))
                    .extracting(FoldingSink.Row::what)
                    .containsExactly("c2");
            assertThat(sink.rows().stream().map(FoldingSink.Row::line))
                    .contains("{\"op\":\"d\",\"t\":1," + old + ",\"row\":[1,1,\"1@example.org\",\"a\"]}")
                    .contains("{\"op\":\"c\",\"t\":1," + changed + ",\"row\":[" + to + ",2,\"" + to
                            + "@example.org\",\"a\"]}");
            assertThat(sink.seqs())
                    .satisfies(seqs -> assertThat(seqs.get(partition(from))).isEqualTo(2));
        }
    }

    @Test
    void copiedRowsGoToThePipelinesThatAskedAndCannotBeTakenBack() throws Exception {
        fixture.log().claim(1, 0);
        copied(1, "another");
        copied(2, fixture.test.name);
        fixture.log()
                .message(1, List.of(new Change(3, 3, 2, true, null, Tables.ORDERS, RowOp.INSERT, 3, 3, 3, 0, "a")));
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        try (FoldingSink sink = fixture.sink()) {
            await().atMost(Fixture.PATIENCE).until(() -> sink.count() == 2);
            assertThat(sink.rows()).extracting(FoldingSink.Row::what).containsExactlyInAnyOrder("r2", "c3");
            Fixture.awaitSeq(dispatcher, 3);
            // the broker has lost entries from 2 on: entry 2 cannot come again
            fixture.log().claim(2, 1);
            Fixture.awaitState(dispatcher, State.FAILED);
            assertThat(Fixture.status(dispatcher).error()).contains("a snapshot had copied");
        }
    }

    @Test
    void whatTheCaptureRepeatsSaysSoWhereTheTargetIsNoSource() throws Exception {
        assertThat(againOfThreeRowsTheFirstTwoRepeated()).containsExactly(true, true, false);
    }

    @Test
    void aTargetThatIsASourceMayHoldOthersRowsSoNothingSaysAgain() throws Exception {
        fixture.test.targetCapture = CaptureSettings.fromNow();
        assertThat(againOfThreeRowsTheFirstTwoRepeated()).containsExactly(false, false, false);
    }

    private List<Boolean> againOfThreeRowsTheFirstTwoRepeated() throws Exception {
        fixture.log().claim(1, 0);
        for (long seq = 1; seq <= 3; seq++) {
            Change change = new Change(seq, seq, seq - 1, true, null, Tables.ORDERS, RowOp.INSERT, 7, 7, seq, 0, "a");
            String repeats = seq < 3 ? "9 400 bin.1" : null;
            fixture.log()
                    .publish(
                            MessageHeader.ofLog(MessageHeader.Kind.ROWS, 1, seq, 1, 0, null, repeats, 1),
                            LogBody.of(List.of(change)));
        }
        fixture.dispatcher("one").configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        try (FoldingSink sink = fixture.sink()) {
            await().atMost(Fixture.PATIENCE).until(() -> sink.count() == 3);
            return sink.rows().stream().map(FoldingSink.Row::again).toList();
        }
    }

    private void copied(long seq, String pipeline) throws Exception {
        Change change = new Change(seq, seq, seq - 1, true, null, Tables.ORDERS, RowOp.SNAPSHOT, seq, seq, seq, 0, "a");
        String body = new String(LogBody.of(List.of(change)), StandardCharsets.UTF_8)
                .replace("{\"tx\":{", "{\"tx\":{\"to\":[\"" + pipeline + "\"],");
        fixture.log()
                .publish(
                        new MessageHeader(MessageHeader.Kind.ROWS, 1, seq, 1, 0, 0),
                        body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void mappingsRenameTablesMergeThemAndLeaveColumnsOut() throws Exception {
        RandomChanges history = new RandomChanges(12);
        fixture.log().claim(1, 0);
        fixture.log().messages(1, history.next(200), new Random(2));
        ColumnRules columns = new ColumnRules(List.of("ID", "version", "email"), List.of("email"), Map.of("id", "nr"));
        fixture.dispatcher("one")
                .configure(fixture.test.configure(
                        fixture.connection,
                        List.of(
                                new Mapping("sh?p", "orders", "store", "sales", columns, null),
                                new Mapping("*", "[no such table]", null, null, ColumnRules.ALL, null),
                                new Mapping("shop", "*o*", "store", "others", ColumnRules.ALL, null))));
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(sink, Expected.of(history.all(), change -> true, change -> switch (change.table()
                    .name()) {
                case "orders" -> "store.sales";
                case "accounts", "journal" -> "store.others";
                default -> null;
            }));
            assertThat(sink.rows())
                    .filteredOn(row -> row.table().name().equals("orders"))
                    .first()
                    .satisfies(row -> {
                        assertThat(row.table().columns())
                                .containsExactly(
                                        new Column("id", "bigint", "nr", false),
                                        new Column("version", "bigint"),
                                        new Column("email", "varchar(100)", null, true),
                                        new Column("note", "text", null, true));
                        // the cells travel as they were
                        assertThat(row.line()).contains("@example.org");
                    });
            assertThat(sink.rows())
                    .filteredOn(row -> !row.table().name().equals("orders"))
                    .extracting(FoldingSink.Row::partition)
                    .containsOnly(KeyHash.partition(KeyHash.ofTable("store", "others"), TestPipeline.PARTITIONS));
        }
    }

    @Test
    void rowsThatWereFirstChangedAtTheTargetDoNotGoBack() throws Exception {
        List<Change> changes = new ArrayList<>();
        for (long seq = 1; seq <= 6; seq++) {
            String origin = seq <= 2 ? "south" : seq <= 4 ? "east" : null;
            changes.add(new Change(
                    seq,
                    seq,
                    seq - 1,
                    true,
                    origin,
                    Tables.ORDERS,
                    RowOp.INSERT,
                    seq,
                    seq,
                    seq,
                    0,
                    "\"origin\":\"south\""));
        }
        fixture.log().claim(1, 0);
        fixture.log().message(1, changes);
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitSeq(dispatcher, 6);
            Fixture.awaitChanges(sink, Fixture.plain(changes.subList(2, 6)));
        }
    }

    @Test
    void pauseStopsDispatchingAndKeepsThePlace() throws Exception {
        RandomChanges history = new RandomChanges(13);
        fixture.log().claim(1, 0);
        fixture.log().messages(1, history.next(100), new Random(3));
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        int before = history.all().size();
        Fixture.awaitSeq(dispatcher, before);
        dispatcher.configure(configure(Pipeline.DesiredState.PAUSED));
        Fixture.awaitState(dispatcher, State.PAUSED);
        fixture.log().messages(1, history.next(100), new Random(3));
        await().during(java.time.Duration.ofSeconds(2))
                .atMost(Fixture.PATIENCE)
                .until(() -> Fixture.status(dispatcher).sourceSeq() == before);
        dispatcher.configure(configure(Pipeline.DesiredState.STOPPED));
        Fixture.awaitState(dispatcher, State.STOPPED);
        dispatcher.configure(configure(Pipeline.DesiredState.RUNNING));
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
            assertThat(sink.duplicates()).isZero();
        }
    }

    @Test
    void waitsForASourceLogThatIsNotThereYet() throws Exception {
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        Fixture.awaitState(dispatcher, State.STARTING);
        await().atMost(Fixture.PATIENCE)
                .untilAsserted(
                        () -> assertThat(Fixture.status(dispatcher).error()).contains("waiting for the source log"));
        RandomChanges history = new RandomChanges(15);
        fixture.log().claim(1, 0);
        fixture.log().messages(1, history.next(20), new Random(3));
        Fixture.awaitSeq(dispatcher, history.all().size());
    }

    private Configuration configure(Pipeline.DesiredState state) throws Exception {
        return fixture.test.configure(fixture.connection, TestPipeline.PLAIN, state, TestPipeline.PARTITIONS);
    }

    private static int partition(long id) {
        return KeyHash.partition(LogBody.key(id), TestPipeline.PARTITIONS);
    }

    private static String hex(long hash) {
        return String.format("%016x", hash);
    }
}
