package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.Replay;
import dev.sluice.change.status.ReplayStatus;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stretches of the source log that are sent again when a person asks for them. */
class ReplayIT {
    private static final long SEED = Long.getLong("sluice.test.seed", System.nanoTime() & 0xffffff);
    private static final List<Replay.Table> ORDERS = List.of(new Replay.Table("shop", "ord*"));

    private Fixture fixture;
    private CuttableProxy proxy;

    @BeforeEach
    void connect() throws Exception {
        RabbitMqServer broker = SharedServers.rabbit();
        fixture = new Fixture(broker);
        proxy = new CuttableProxy(broker.host(), broker.port());
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        proxy.close();
    }

    @Test
    void oneTableComesAgainInOrderWhateverIsLostMeanwhile() throws Exception {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        RandomChanges history = new RandomChanges(SEED);
        Dispatcher dispatcher = running(history, 0, throughProxy());
        fixture.log().messages(1, history.next(2_000), random);
        try (FoldingSink sink = fixture.sink();
                SinkReporter reporter = reporter(sink)) {
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
            int first = random.nextInt(1, history.all().size());
            dispatcher.configure(wish(new Replay(1, (long) first, null, ORDERS)));
            fixture.log().messages(1, history.next(500), random);
            for (int cut = 0; cut < 3; cut++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
                proxy.cut();
            }
            ReplayStatus done = awaitDone(dispatcher, 1);
            fixture.log().messages(1, history.next(500), random);
            Fixture.awaitChanges(
                    sink,
                    Fixture.plain(
                            sent(history, done, change -> change.seq() >= first && change.table() == Tables.ORDERS)));
            assertThat(done.leftOut()).isNull();
            assertThat(Fixture.status(dispatcher).epoch()).isEqualTo(2);
        }
    }

    @Test
    void allTablesThatCanBeComeAgainFromATimeAndTheOthersAreNamed() throws Exception {
        RandomChanges history = new RandomChanges(SEED);
        Dispatcher dispatcher = running(history, 0, fixture.connections);
        fixture.log().messages(1, history.next(1_000), new Random(3));
        try (FoldingSink sink = fixture.sink();
                SinkReporter reporter = reporter(sink)) {
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
            long transaction = history.all().get(500).transaction();
            // transactions are committed a second apart
            dispatcher.configure(wish(new Replay(1, null, Instant.ofEpochSecond(transaction), List.of())));
            ReplayStatus done = awaitDone(dispatcher, 1);
            assertThat(done.leftOut()).containsExactly("shop.journal");
            fixture.log().messages(1, history.next(100), new Random(3));
            Fixture.awaitChanges(
                    sink,
                    Fixture.plain(sent(
                            history,
                            done,
                            change -> change.transaction() >= transaction && change.table() != Tables.JOURNAL)));
            long rows = sink.count();
            dispatcher.configure(wish(new Replay(1, 1L, null, List.of())));
            fixture.log().messages(1, history.next(100), new Random(3));
            Fixture.awaitSeq(dispatcher, history.all().size());
            assertThat(Fixture.status(dispatcher).epoch())
                    .as("a wish is fulfilled once")
                    .isEqualTo(2);
            await().atMost(Fixture.PATIENCE)
                    .until(() -> sink.seqs().equals(Fixture.status(dispatcher).partitionSeqs()));
            assertThat(sink.count()).isLessThan(rows + 250);
        }
    }

    @Test
    void saysThatTheLogDoesNotReachBackSoFarAndGoesOn() throws Exception {
        RandomChanges history = new RandomChanges(SEED);
        Dispatcher dispatcher = running(history, 500, fixture.connections);
        int begin = (int) Fixture.status(dispatcher).sourceSeq() - 49;
        try (FoldingSink sink = fixture.sink();
                SinkReporter reporter = reporter(sink)) {
            dispatcher.configure(wish(new Replay(1, 10L, null, ORDERS)));
            assertThat(awaitDone(dispatcher, 1).refusal())
                    .contains("does not reach back so far: it begins at entry ")
                    .contains(", committed 1970-01-01T00:");
            dispatcher.configure(wish(new Replay(2, null, Instant.EPOCH, ORDERS)));
            assertThat(awaitDone(dispatcher, 2).refusal()).contains("does not reach back so far");
            dispatcher.configure(wish(new Replay(3, 1_000_000L, null, ORDERS)));
            assertThat(awaitDone(dispatcher, 3).refusal()).contains("was not sent yet");
            fixture.log().messages(1, history.next(50), new Random(3));
            Fixture.awaitSeq(dispatcher, history.all().size());
            assertThat(Fixture.status(dispatcher).epoch()).isEqualTo(1);
            dispatcher.configure(wish(new Replay(4, begin + 20L, null, ORDERS)));
            assertThat(awaitDone(dispatcher, 4).refusal()).isNull();
            assertThat(Fixture.status(dispatcher).epoch()).isEqualTo(2);
        }
    }

    /** Everything once, and what was sent again where it came. */
    private static List<Change> sent(RandomChanges history, ReplayStatus done, Predicate<Change> again) {
        List<Change> before = history.all().subList(0, (int) done.until());
        List<Change> all = new ArrayList<>(before);
        all.addAll(before.stream().filter(again).toList());
        all.addAll(history.all().subList((int) done.until(), history.all().size()));
        return all;
    }

    private static ReplayStatus awaitDone(Dispatcher dispatcher, long generation) {
        await().atMost(Fixture.PATIENCE)
                .untilAsserted(() -> assertThat(Fixture.status(dispatcher).replay())
                        .isNotNull()
                        .matches(replay -> replay.generation() == generation && replay.done()));
        return Objects.requireNonNull(Fixture.status(dispatcher).replay());
    }

    /** A pipeline that has sent what is in a log that begins behind so many entries, or a few more. */
    private Dispatcher running(RandomChanges history, int behind, BrokerConnections through) throws Exception {
        if (behind > 0) {
            history.next(behind);
        }
        fixture.log().claim(1, history.all().size());
        fixture.log().messages(1, history.next(50), new Random(3));
        Dispatcher dispatcher = fixture.dispatcher("one", through);
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        Fixture.awaitSeq(dispatcher, history.all().size());
        return dispatcher;
    }

    private Configuration wish(Replay replay) throws Exception {
        return fixture.test.configure(
                fixture.connection, TestPipeline.PLAIN, Pipeline.DesiredState.RUNNING, TestPipeline.PARTITIONS, replay);
    }

    private SinkReporter reporter(FoldingSink sink) throws Exception {
        return new SinkReporter(
                fixture.connection, TestPipeline.PARTITIONS, partition -> sink.status(fixture.test.name, partition));
    }

    private BrokerConnections throughProxy() {
        return new BrokerConnections(fixture.broker.amqpUri().replace(":" + fixture.broker.port(), ":" + proxy.port()));
    }
}
