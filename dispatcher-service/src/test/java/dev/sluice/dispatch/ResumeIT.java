package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pipelines that are taken up again: after lost connections, by other instances, with other mappings. */
class ResumeIT {
    private static final long SEED = Long.getLong("sluice.test.seed", 31);

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
    void connectionsLostAtRandomPointsNeitherLoseNorRepeatNorReorderARow() throws Exception {
        Random random = new Random(SEED);
        RandomChanges history = new RandomChanges(SEED);
        fixture.log().claim(1, 0);
        Dispatcher dispatcher = fixture.dispatcher("one", throughProxy());
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        fixture.log().messages(1, history.next(200), random);
        try (FoldingSink sink = fixture.sink()) {
            for (int cut = 0; cut < 8; cut++) {
                fixture.log().messages(1, history.next(4_000), random);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
                proxy.cut();
            }
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
            Fixture.awaitSeq(dispatcher, history.all().size());
            assertThat(Fixture.status(dispatcher).partitionSeqs()).isEqualTo(sink.seqs());
            assertThat(Fixture.status(dispatcher).epoch()).isEqualTo(1);
        }
    }

    @Test
    void secondInstanceTakesOverWhenTheFirstIsLost() throws Exception {
        RandomChanges history = new RandomChanges(32);
        fixture.log().claim(1, 0);
        fixture.log().messages(1, history.next(500), new Random(1));
        Configuration configuration = fixture.test.configure(fixture.connection, TestPipeline.PLAIN);
        Dispatcher first = fixture.dispatcher("one", throughProxy());
        first.configure(configuration);
        Fixture.awaitSeq(first, history.all().size());
        Dispatcher second = fixture.dispatcher("two");
        second.configure(configuration);
        Fixture.awaitState(second, State.STANDBY);
        proxy.refuse();
        fixture.log().messages(1, history.next(500), new Random(1));
        Fixture.awaitSeq(second, history.all().size());
        Fixture.awaitState(first, State.RETRYING);
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
        }
    }

    @Test
    void stoppedInstanceHandsOverWithoutSendingAnythingTwice() throws Exception {
        RandomChanges history = new RandomChanges(33);
        fixture.log().claim(1, 0);
        fixture.log().messages(1, history.next(500), new Random(1));
        Configuration configuration = fixture.test.configure(fixture.connection, TestPipeline.PLAIN);
        Dispatcher first = fixture.dispatcher("one");
        first.configure(configuration);
        await().atMost(Fixture.PATIENCE)
                .until(() -> !first.status().isEmpty() && Fixture.status(first).read() > 0);
        first.close();
        List<JsonNode> states = fixture.states();
        assertThat(states.get(states.size() - 1).get("drained").asBoolean()).isTrue();
        fixture.log().messages(1, history.next(500), new Random(1));
        fixture.dispatcher("two").configure(configuration);
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
            assertThat(sink.duplicates()).isZero();
        }
    }

    @Test
    void mappingsChangeAtABoundaryThatHoldsThroughLostConnections() throws Exception {
        Random random = new Random(SEED + 1);
        RandomChanges history = new RandomChanges(SEED + 1);
        fixture.log().claim(1, 0);
        Dispatcher dispatcher = fixture.dispatcher("one", throughProxy());
        dispatcher.configure(fixture.test.configure(fixture.connection, renamed(0)));
        fixture.log().messages(1, history.next(200), random);
        try (FoldingSink sink = fixture.sink()) {
            for (int n = 1; n <= 4; n++) {
                fixture.log().messages(1, history.next(3_000), random);
                Configuration next = fixture.test.configure(fixture.connection, renamed(n));
                if (n % 2 == 0) {
                    proxy.cut();
                }
                dispatcher.configure(next);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
                proxy.cut();
                await().atMost(Fixture.PATIENCE)
                        .until(() -> Fixture.status(dispatcher).configVersion() == next.version());
            }
            fixture.log().messages(1, history.next(500), random);
            Fixture.awaitSeq(dispatcher, history.all().size());
            Fixture.awaitChanges(sink, Fixture.mapped(history.all(), asTheStatesSay()));
            assertThat(sink.changes().keySet()).anyMatch(key -> key.startsWith("shop.orders-0"));
            assertThat(sink.changes().keySet()).anyMatch(key -> key.startsWith("shop.orders-4"));
        }
    }

    @Test
    void olderMappingsAreUsedAgainForWhatTheyMayHaveSent() throws Exception {
        RandomChanges history = new RandomChanges(34);
        fixture.log().claim(1, 0);
        fixture.log().messages(1, history.next(1_000), new Random(1));
        Configuration older = fixture.test.configure(fixture.connection, renamed(0));
        Dispatcher first = fixture.dispatcher("one", throughProxy());
        first.configure(older);
        Fixture.awaitSeq(first, history.all().size());
        proxy.refuse();
        Fixture.awaitState(first, State.RETRYING);
        long boundary = history.all().size();
        // what is in the log when the second takes over may have been sent by the first for all it knows
        Configuration newer = fixture.test.configure(fixture.connection, renamed(1));
        Dispatcher second = fixture.dispatcher("two");
        second.configure(newer);
        await().atMost(Fixture.PATIENCE)
                .until(() ->
                        !second.status().isEmpty() && Fixture.status(second).configVersion() == newer.version());
        fixture.log().messages(1, history.next(200), new Random(1));
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(
                    sink,
                    Fixture.mapped(
                            history.all(), change -> change.table().name() + (change.seq() <= boundary ? "-0" : "-1")));
        }
    }

    @Test
    void versionThatIsGoneMeansANewPartitionEpochAndNoLostRow() throws Exception {
        RandomChanges history = new RandomChanges(35);
        fixture.log().claim(1, 0);
        fixture.log().messages(1, history.next(1_000), new Random(1));
        Dispatcher first = fixture.dispatcher("one", throughProxy());
        Configuration real = fixture.test.configure(fixture.connection, renamed(0));
        // never published, as if the configuration stream had dropped it
        first.configure(new Configuration(-real.version(), real.dataSources(), real.channels()));
        Fixture.awaitSeq(first, history.all().size());
        proxy.refuse();
        Fixture.awaitState(first, State.RETRYING);
        Dispatcher second = fixture.dispatcher("two");
        second.configure(fixture.test.configure(fixture.connection, renamed(1)));
        fixture.log().messages(1, history.next(200), new Random(1));
        Fixture.awaitSeq(second, history.all().size());
        assertThat(Fixture.status(second).epoch()).isEqualTo(2);
        try (FoldingSink sink = fixture.sink()) {
            Fixture.awaitChanges(
                    sink,
                    Fixture.mapped(
                            history.all(), change -> change.table().name() + (change.seq() <= 1_000 ? "-0" : "-1")));
        }
    }

    /** The plain mappings with a number behind the target names, so that rows say by which version they were mapped. */
    private static List<Mapping> renamed(int n) {
        return List.of(
                TestPipeline.mapping("orders", "orders-" + n, ColumnRules.ALL),
                TestPipeline.mapping("accounts", "accounts-" + n, ColumnRules.ALL),
                TestPipeline.mapping("journal", "journal-" + n, ColumnRules.ALL));
    }

    /** Target names by the boundaries in the state stream: the first record of each version says where it begins. */
    private Function<Change, String> asTheStatesSay() throws Exception {
        NavigableMap<Long, Integer> numbers = new TreeMap<>();
        NavigableMap<Long, Long> boundaries = new TreeMap<>();
        for (JsonNode state : fixture.states()) {
            boundaries.putIfAbsent(
                    state.get("configVersion").asLong(), state.get("sourceSeq").asLong());
        }
        int n = 0;
        for (Map.Entry<Long, Long> boundary : boundaries.entrySet()) {
            numbers.put(boundary.getValue(), n++);
        }
        return change ->
                change.table().name() + "-" + numbers.lowerEntry(change.seq()).getValue();
    }

    private BrokerConnections throughProxy() {
        return new BrokerConnections(fixture.broker.amqpUri().replace(":" + fixture.broker.port(), ":" + proxy.port()));
    }
}
