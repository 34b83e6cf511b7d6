package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sinks that ask for entries again. */
class RewindIT {
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
    void sendsAgainWhatAPartitionLacks() throws Exception {
        RandomChanges history = new RandomChanges(41);
        fixture.log().claim(1, 0);
        Dispatcher dispatcher = running(history);
        // states are written every 100 ms, so several places to go back to
        for (int i = 0; i < 5; i++) {
            fixture.log().messages(1, history.next(300), new Random(1));
            Fixture.awaitSeq(dispatcher, history.all().size());
        }
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
            long rows = sink.count();
            sink.forget(2, 100);
            fixture.requestRewind(2, 1, sink.seqs().get(2));
            await().atMost(Fixture.PATIENCE).until(() -> sink.count() == rows + 100);
            assertThat(sink.gaps()).isZero();
            assertThat(sink.duplicates()).isPositive();
            fixture.log().messages(1, history.next(300), new Random(1));
            Fixture.awaitSeq(dispatcher, history.all().size());
            await().atMost(Fixture.PATIENCE)
                    .until(() -> sink.seqs().equals(Fixture.status(dispatcher).partitionSeqs()));
            assertThat(sink.problems()).isEmpty();
        }
    }

    @Test
    void goesBackThroughChangesOfMappings() throws Exception {
        RandomChanges history = new RandomChanges(42);
        fixture.log().claim(1, 0);
        Dispatcher dispatcher = running(history);
        try (FoldingSink sink = fixture.sink()) {
            for (int n = 0; n < 3; n++) {
                Configuration next = fixture.test.configure(
                        fixture.connection, List.of(TestPipeline.mapping("*", "merged-" + n, ColumnRules.ALL)));
                dispatcher.configure(next);
                await().atMost(Fixture.PATIENCE)
                        .until(() -> Fixture.status(dispatcher).configVersion() == next.version());
                fixture.log().messages(1, history.next(200), new Random(1));
                Fixture.awaitSeq(dispatcher, history.all().size());
            }
            await().atMost(Fixture.PATIENCE)
                    .until(() -> sink.seqs().equals(Fixture.status(dispatcher).partitionSeqs()));
            List<Long> seqs = sink.seqs();
            List<FoldingSink.Row> before = sink.rows();
            int partition = before.get(before.size() - 1).partition();
            sink.forget(partition, seqs.get(partition) - 1);
            fixture.requestRewind(partition, 1, 1);
            await().atMost(Fixture.PATIENCE).until(() -> sink.seqs().equals(seqs));
            List<FoldingSink.Row> all = sink.rows();
            assertThat(all.subList(before.size(), all.size()))
                    .extracting(row -> row.table().target(), FoldingSink.Row::line)
                    .containsExactlyElementsOf(before.stream()
                            .filter(row -> row.partition() == partition)
                            .skip(1)
                            .map(row -> org.assertj.core.api.Assertions.tuple(
                                    row.table().target(), row.line()))
                            .toList());
            await().atMost(Fixture.PATIENCE)
                    .until(() -> seqs.equals(Fixture.status(dispatcher).partitionSeqs()));
        }
    }

    @Test
    void numbersAnewFromTheFirstEntryIfNoStateIsOldEnough() throws Exception {
        RandomChanges history = new RandomChanges(43);
        fixture.log().claim(1, 0);
        fixture.log().messages(1, history.next(300), new Random(1));
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        Fixture.awaitSeq(dispatcher, history.all().size());
        // a pipeline writes its first state before its first entry; that one is of an epoch the sink does not know
        fixture.requestRewind(1, 0, 0);
        await().atMost(Fixture.PATIENCE).until(() -> Fixture.status(dispatcher).epoch() == 2);
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitSeq(dispatcher, history.all().size());
            await().atMost(Fixture.PATIENCE)
                    .until(() -> sink.epoch(0) == 2
                            && sink.seqs().equals(Fixture.status(dispatcher).partitionSeqs()));
        }
    }

    @Test
    void requestForWhatWasNotSentYetChangesNothing() throws Exception {
        RandomChanges history = new RandomChanges(44);
        fixture.log().claim(1, 0);
        Dispatcher dispatcher = running(history);
        fixture.requestRewind(0, 1, 1_000_000);
        fixture.requestRewind(17, 1, 1);
        fixture.requestRewind(0, 9, 1);
        fixture.log().messages(1, history.next(100), new Random(1));
        Fixture.awaitSeq(dispatcher, history.all().size());
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
            assertThat(sink.duplicates()).isZero();
            assertThat(Fixture.status(dispatcher).state()).isEqualTo(State.RUNNING);
        }
    }

    private Dispatcher running(RandomChanges history) throws Exception {
        fixture.log().messages(1, history.next(50), new Random(1));
        Dispatcher dispatcher = fixture.dispatcher("one");
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        Fixture.awaitSeq(dispatcher, history.all().size());
        return dispatcher;
    }
}
