package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What captures that die, brokers that lose a tail and retention leave in a source log. */
class ReaderRuleIT {
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
    void duplicatesVoidRecordsAndGapsCountForNothing() throws Exception {
        RandomChanges history = new RandomChanges(21);
        List<Change> all = history.next(400);
        Random sizes = new Random(4);
        SourceLogWriter log = fixture.log();
        log.claim(1, 0);
        log.messages(1, all.subList(0, 100), sizes);
        // entries 101 to 120 were lost with the capture; what it sent behind them is void until the claim
        log.messages(1, all.subList(120, 140), sizes);
        log.claim(2, 100);
        log.messages(2, all.subList(100, 200), sizes);
        log.messages(1, all.subList(140, 180), sizes);
        log.messages(1, all.subList(200, 230), sizes);
        log.position(2, 201);
        // a capture takes over before its predecessor's last entries and sends them again
        log.claim(3, 150);
        log.messages(3, all.subList(150, 300), sizes);
        log.messages(3, all.subList(250, all.size()), sizes);
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(sink, Fixture.plain(all));
            assertThat(sink.duplicates()).isZero();
            Fixture.awaitSeq(dispatcher, all.size());
            assertThat(Fixture.status(dispatcher).sourceEpoch()).isEqualTo(3);
        }
    }

    @Test
    void malformedMessageStopsThePipelineAndIsNotPassedOver() throws Exception {
        RandomChanges history = new RandomChanges(22);
        SourceLogWriter log = fixture.log();
        log.claim(1, 0);
        log.messages(1, history.next(30), new Random(5));
        int before = history.all().size();
        log.publish(
                new MessageHeader(MessageHeader.Kind.ROWS, 1, before + 1, 1, 0, 0),
                "{\"surprise\":1}\n".getBytes(StandardCharsets.US_ASCII));
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        Fixture.awaitState(dispatcher, State.FAILED);
        assertThat(Fixture.status(dispatcher).error())
                .contains("behind entry " + before)
                .contains("unknown line");
        assertThat(Fixture.status(dispatcher).sourceSeq()).isEqualTo(before);
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
        }
    }

    @Test
    void mappingThatLeavesOutThePrimaryKeyIsRefusedAndACorrectedOneGoesOn() throws Exception {
        RandomChanges history = new RandomChanges(23);
        SourceLogWriter log = fixture.log();
        log.claim(1, 0);
        log.messages(1, history.next(300), new Random(6));
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(
                fixture.connection,
                List.of(
                        TestPipeline.mapping("orders", null, ColumnRules.ALL),
                        TestPipeline.mapping("*", null, new ColumnRules(List.of(), List.of("id"), Map.of())))));
        Fixture.awaitState(dispatcher, State.FAILED);
        assertThat(Fixture.status(dispatcher).error())
                .contains("column id")
                .contains("primary key of shop.")
                .contains("columns.exclude");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        try (FoldingSink sink = fixture.sink()) {
            // the journal has no key, so its rows went on before the mapping was refused
            await().atMost(Fixture.PATIENCE)
                    .untilAsserted(() -> assertThat(Expected.differences(sink.changes(), Fixture.plain(history.all())))
                            .isEmpty());
            assertThat(sink.problems()).isEmpty();
        }
    }

    @Test
    void placeThatRetentionRemovedStopsThePipelineWithTheChoices() throws Exception {
        smallLog();
        SourceLogWriter log = new SourceLogWriter(fixture.connection, fixture.test.source, false);
        log.claim(1, 0);
        List<Change> changes = wide(1, 5);
        log.messages(1, changes, new Random(7));
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        Fixture.awaitSeq(dispatcher, 5);
        dispatcher.close();
        // each confirmed before the next, so that no segment is as large as the log may be, which would empty it
        for (int from = 6; from < 400; from += 20) {
            log.message(1, wide(from, from + 19));
            log.awaitConfirms();
        }
        await().atMost(Fixture.PATIENCE)
                .until(() -> !dev.sluice.dispatch.intake.SourceLog.beginsAtFirstEntry(
                        fixture.connection, fixture.test.source));
        Dispatcher second = fixture.dispatcher("two");
        second.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        Fixture.awaitState(second, State.FAILED);
        assertThat(Fixture.status(second).error())
                .contains("entry 6 is no longer in the source log")
                .contains("capture that stretch again")
                .contains("snapshot");
    }

    @Test
    void logThatWasBegunAnewIsNotTakenForTheOldOne() throws Exception {
        RandomChanges history = new RandomChanges(24);
        SourceLogWriter log = fixture.log();
        log.claim(1, 0);
        log.messages(1, history.next(50), new Random(8));
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        Fixture.awaitSeq(dispatcher, history.all().size());
        dispatcher.close();
        try (Channel channel = fixture.connection.createChannel()) {
            channel.queueDelete(BrokerNames.sourceLog(fixture.test.source));
        }
        SourceLogWriter anew = new SourceLogWriter(fixture.connection, fixture.test.source);
        anew.claim(1, 0);
        List<Change> other = new ArrayList<>();
        for (long seq = 1; seq <= 200; seq++) {
            other.add(new Change(
                    seq, 5_000 + seq, seq - 1, true, null, Tables.ORDERS, RowOp.INSERT, seq, seq, seq, 0, "new"));
        }
        anew.messages(1, other, new Random(8));
        Dispatcher second = fixture.dispatcher("two");
        second.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        Fixture.awaitState(second, State.FAILED);
        assertThat(Fixture.status(second).error()).contains("was begun anew");
    }

    private void smallLog() throws Exception {
        try (Channel channel = fixture.connection.createChannel()) {
            channel.queueDeclare(
                    BrokerNames.sourceLog(fixture.test.source),
                    true,
                    false,
                    false,
                    Map.of(
                            "x-queue-type",
                            "stream",
                            "x-max-length-bytes",
                            1_000_000L,
                            "x-stream-max-segment-size-bytes",
                            500_000));
        }
    }

    /** Entries of 10 kB. */
    private static List<Change> wide(long from, long to) {
        List<Change> changes = new ArrayList<>();
        for (long seq = from; seq <= to; seq++) {
            changes.add(new Change(
                    seq, seq, seq - 1, true, null, Tables.ORDERS, RowOp.INSERT, seq, seq, seq, 0, "w".repeat(10_000)));
        }
        return changes;
    }
}
