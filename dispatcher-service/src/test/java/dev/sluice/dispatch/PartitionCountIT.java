package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.Topology;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pipelines whose number of partitions changes while rows flow. */
class PartitionCountIT {
    private static final long SEED = Long.getLong("sluice.test.seed", System.nanoTime() & 0xffffff);
    private static final int MOST = 12;

    private Fixture fixture;
    private CuttableProxy proxy;

    @BeforeEach
    void connect() throws Exception {
        RabbitMqServer broker = SharedServers.rabbit();
        fixture = new Fixture(broker);
        proxy = new CuttableProxy(broker.host(), broker.port());
        try (Channel channel = fixture.connection.createChannel()) {
            for (String queue : fixture.test.queues(MOST)) {
                Topology.partitionQueue(channel, queue);
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        proxy.close();
    }

    @Test
    void eachKeyKeepsItsOrderThroughManyChangesAndLostConnections() throws Exception {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        RandomChanges history = new RandomChanges(SEED);
        Dispatcher dispatcher = running(history, throughProxy());
        try (FoldingSink sink = slowSink();
                SinkReporter reporter = new SinkReporter(
                        fixture.connection, MOST, partition -> sink.status(fixture.test.name, partition))) {
            long epoch = 1;
            for (int partitions : List.of(6, 2, MOST, 1, 4)) {
                fixture.log().messages(1, history.next(1_000), random);
                dispatcher.configure(wanted(partitions));
                fixture.log().messages(1, history.next(1_000), random);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
                proxy.cut();
                awaitPartitions(dispatcher, partitions);
                proxy.cut();
                epoch++;
            }
            fixture.log().messages(1, history.next(1_000), random);
            Fixture.awaitChanges(sink, Fixture.plain(history.all()));
            Fixture.awaitSeq(dispatcher, history.all().size());
            assertThat(Fixture.status(dispatcher).epoch()).isEqualTo(epoch);
            assertThat(sink.seqs().subList(0, 4))
                    .isEqualTo(Fixture.status(dispatcher).partitionSeqs());
        }
    }

    @Test
    void whatTheOtherTestShowsIsSeenToGoWrongIfReportsRunAhead() throws Exception {
        RandomChanges history = new RandomChanges(SEED);
        Dispatcher dispatcher = running(history, fixture.connections);
        CountDownLatch firstPartition = new CountDownLatch(1);
        try (FoldingSink sink = new FoldingSink(fixture.connection, fixture.test.queues(MOST), partition -> {
                    if (partition == 0) {
                        awaitQuietly(firstPartition);
                    }
                    return 0;
                });
                SinkReporter reporter = new SinkReporter(
                        fixture.connection, MOST, partition -> report(partition, State.RUNNING, 1_000_000, 0))) {
            fixture.log().messages(1, history.next(1_000), new Random(1));
            Fixture.awaitSeq(dispatcher, history.all().size());
            dispatcher.configure(wanted(3));
            awaitPartitions(dispatcher, 3);
            fixture.log().messages(1, history.next(1_000), new Random(1));
            Fixture.awaitSeq(dispatcher, history.all().size());
            awaitSeqs(sink, dispatcher, 1);
            firstPartition.countDown();
            awaitSeqs(sink, dispatcher, 0);
            assertThat(Expected.differences(sink.changes(), Fixture.plain(history.all())))
                    .isNotEmpty();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the sink has what was sent to these partitions of three. */
    private static void awaitSeqs(FoldingSink sink, Dispatcher dispatcher, int from) {
        await().atMost(Fixture.PATIENCE).until(() -> sink.seqs()
                .subList(from, 3)
                .equals(Fixture.status(dispatcher).partitionSeqs().subList(from, 3)));
    }

    @Test
    void waitsUntilTheTargetHasTheLastEntryOfEachPartition() throws Exception {
        RandomChanges history = new RandomChanges(14);
        Dispatcher dispatcher = running(history, fixture.connections);
        int before = history.all().size();
        List<Long> sent = Fixture.status(dispatcher).partitionSeqs();
        long[] lacking = {1};
        try (SinkReporter reporter = new SinkReporter(
                fixture.connection,
                MOST,
                partition -> report(
                        partition,
                        State.RUNNING,
                        partition >= sent.size() ? 0 : sent.get(partition) - (partition == 2 ? lacking[0] : 0),
                        0))) {
            dispatcher.configure(wanted(6));
            awaitError(dispatcher, "6 partitions take effect instead of 4: partition 2 has " + (sent.get(2) - 1));
            fixture.log().messages(1, history.next(50), new Random(3));
            await().during(Duration.ofSeconds(2)).atMost(Fixture.PATIENCE).until(() -> {
                DispatchStatus status = Fixture.status(dispatcher);
                return status.sourceSeq() == before && status.partitionSeqs().equals(sent);
            });
            lacking[0] = 0;
            Fixture.awaitSeq(dispatcher, history.all().size());
            assertThat(Fixture.status(dispatcher).partitionSeqs()).hasSize(6);
            assertThat(Fixture.status(dispatcher).epoch()).isEqualTo(2);
            assertThat(Fixture.status(dispatcher).error()).isNull();
        }
    }

    @Test
    void rowsFlowOnWhileAPersonIsNeeded() throws Exception {
        RandomChanges history = new RandomChanges(15);
        Dispatcher dispatcher = running(history, fixture.connections);
        dispatcher.configure(wanted(6));
        awaitError(dispatcher, "rows flow as before until then: no sink has reported partition 0");
        State[] state = {State.SUSPENDED};
        long[] parked = {2};
        try (SinkReporter reporter = new SinkReporter(
                fixture.connection,
                MOST,
                partition -> report(
                        partition,
                        partition == 1 ? state[0] : State.RUNNING,
                        1_000_000,
                        partition == 3 ? parked[0] : 0))) {
            awaitError(dispatcher, "rows flow as before until then: partition 1 is SUSPENDED: because");
            fixture.log().messages(1, history.next(50), new Random(3));
            Fixture.awaitSeq(dispatcher, history.all().size());
            state[0] = State.RUNNING;
            awaitError(dispatcher, "rows flow as before until then: partition 3 has 2 parked rows of shop.orders");
            fixture.log().messages(1, history.next(50), new Random(3));
            Fixture.awaitSeq(dispatcher, history.all().size());
            assertThat(Fixture.status(dispatcher).partitionSeqs()).hasSize(4);
            parked[0] = 0;
            awaitPartitions(dispatcher, 6);
        }
    }

    @Test
    void aChangeThatIsTakenBackChangesNothing() throws Exception {
        RandomChanges history = new RandomChanges(16);
        Dispatcher dispatcher = running(history, fixture.connections);
        try (SinkReporter reporter =
                new SinkReporter(fixture.connection, MOST, partition -> report(partition, State.RUNNING, 0, 0))) {
            dispatcher.configure(wanted(6));
            awaitError(dispatcher, "partition 0 has 0 of");
            dispatcher.configure(wanted(4));
            fixture.log().messages(1, history.next(50), new Random(3));
            Fixture.awaitSeq(dispatcher, history.all().size());
            assertThat(Fixture.status(dispatcher).error()).isNull();
            assertThat(Fixture.status(dispatcher).epoch()).isEqualTo(1);
        }
    }

    private Dispatcher running(RandomChanges history, BrokerConnections through) throws Exception {
        fixture.log().claim(1, 0);
        fixture.log().messages(1, history.next(50), new Random(3));
        Dispatcher dispatcher = fixture.dispatcher("one", through);
        dispatcher.configure(fixture.test.configure(fixture.connection, TestPipeline.PLAIN));
        Fixture.awaitSeq(dispatcher, history.all().size());
        return dispatcher;
    }

    /** The lower the partition the longer it takes, so what is sent to another would overtake it. */
    private FoldingSink slowSink() throws Exception {
        return new FoldingSink(fixture.connection, fixture.test.queues(MOST), partition -> 60 / (partition + 1));
    }

    private Configuration wanted(int partitions) throws Exception {
        return fixture.test.configure(
                fixture.connection, TestPipeline.PLAIN, Pipeline.DesiredState.RUNNING, partitions);
    }

    private static void awaitPartitions(Dispatcher dispatcher, int partitions) {
        await().atMost(Fixture.PATIENCE)
                .untilAsserted(() ->
                        assertThat(Fixture.status(dispatcher).partitionSeqs()).hasSize(partitions));
    }

    private static void awaitError(Dispatcher dispatcher, String error) {
        await().atMost(Fixture.PATIENCE)
                .untilAsserted(() -> assertThat(Fixture.status(dispatcher).error())
                        .isNotNull()
                        .contains(error));
    }

    private PartitionStatus report(int partition, State state, long seq, long parked) {
        return new PartitionStatus(
                fixture.test.name,
                partition,
                state,
                1,
                seq,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                state == State.RUNNING ? null : "because",
                parked,
                parked == 0 ? null : List.of("shop.orders"),
                null);
    }

    private BrokerConnections throughProxy() {
        return new BrokerConnections(fixture.broker.amqpUri().replace(":" + fixture.broker.port(), ":" + proxy.port()));
    }
}
