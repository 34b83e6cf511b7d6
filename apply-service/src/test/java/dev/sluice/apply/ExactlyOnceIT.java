package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories through a queue whose publisher repeats itself, leaves gaps and goes back, while the sink loses the
 * broker and the target again and again: the target ends as the source, and each entry took effect once.
 */
class ExactlyOnceIT {
    private static final int PARTITIONS = 3;

    @ParameterizedTest
    @ValueSource(longs = {11, 22, 33})
    void bringsMySqlToWhatTheSourceHolds(long seed) throws Exception {
        survives(SharedServers.mysql(), seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {44})
    void bringsMariaDbToWhatTheSourceHolds(long seed) throws Exception {
        survives(SharedServers.mariadb(), seed);
    }

    private void survives(DatabaseServer target, long seed) throws Exception {
        Random random = new Random(seed);
        String database = Databases.create(target, "history");
        target.execute(History.ddl(database));
        History history = new History(seed, database, PARTITIONS);
        RabbitMqServer rabbit = SharedServers.rabbit();
        try (TcpProxy toBroker = new TcpProxy(rabbit.host(), rabbit.port());
                TcpProxy toTarget = new TcpProxy(target.host(), target.port());
                ApplyBench bench = new ApplyBench(target, PARTITIONS)) {
            bench.configure(
                    bench.dataSource(toTarget.host(), toTarget.port(), target.password()),
                    Pipeline.DesiredState.RUNNING);
            ApplyPipeline sink = bench.start(
                    "one",
                    rabbit.amqpUri()
                            .replace(rabbit.host() + ":" + rabbit.port(), toBroker.host() + ":" + toBroker.port()));
            long[] next = {1, 1, 1};
            for (int round = 0; round < 120; round++) {
                history.grow(1 + random.nextInt(60));
                for (int p = 0; p < PARTITIONS; p++) {
                    next[p] = publish(bench, history.log(p), p, next[p], random);
                }
                if (random.nextInt(12) == 0) {
                    toBroker.cut();
                }
                if (random.nextInt(12) == 0) {
                    toTarget.cut();
                }
            }
            for (int p = 0; p < PARTITIONS; p++) {
                long resume = next[p];
                while (resume <= history.log(p).size()) {
                    resume = send(bench, history.log(p), p, resume, 50);
                }
            }
            for (int p = 0; p < PARTITIONS; p++) {
                bench.awaitWatermark(p, history.log(p).size());
            }

            for (String table : history.tableNames()) {
                assertThat(bench.query("SELECT * FROM " + database + "." + table))
                        .as("%s, seed %d", table, seed)
                        .containsExactlyInAnyOrderElementsOf(history.rows(table));
            }
            assertThat(sink.status()).extracting(PartitionStatus::error).containsOnlyNulls();
            assertThat(sink.status()).extracting(PartitionStatus::missing).containsOnly(0L);
            assertThat(sink.status().stream()
                            .mapToLong(PartitionStatus::duplicates)
                            .sum())
                    .isPositive();
            assertThat(sink.status().stream().mapToLong(PartitionStatus::gaps).sum())
                    .isPositive();
        }
    }

    /** Publishes what is new, and sometimes loses a message and notices later, or repeats from before. */
    private static long publish(ApplyBench bench, List<History.Change> log, int partition, long from, Random random)
            throws Exception {
        long next = from;
        while (next <= log.size()) {
            int size = 1 + random.nextInt(40);
            switch (random.nextInt(12)) {
                case 0 -> {
                    long lost = next;
                    next = Math.min(log.size() + 1L, next + size);
                    for (int ahead = random.nextInt(3); ahead > 0 && next <= log.size(); ahead--) {
                        next = send(bench, log, partition, next, size);
                    }
                    next = lost;
                    if (random.nextBoolean()) {
                        return next;
                    }
                }
                case 1 -> next = Math.max(1, next - random.nextInt(100));
                default -> next = send(bench, log, partition, next, size);
            }
        }
        return next;
    }

    private static long send(ApplyBench bench, List<History.Change> log, int partition, long from, int size)
            throws Exception {
        MessageBuilder message = new MessageBuilder().transaction();
        long next = from;
        for (; next <= log.size() && next < from + size; next++) {
            if (next % 7 == 0) {
                message.transaction();
            }
            log.get((int) next - 1).addTo(message);
        }
        bench.publish(partition, message.build(1, from));
        return next;
    }

    @Test
    void asksForEntriesThatStayAway() throws Exception {
        DatabaseServer target = SharedServers.mysql();
        String database = Databases.create(target, "gap");
        target.execute(History.ddl(database));
        History history = new History(1, database, 1);
        history.grow(100);
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            Channel channel = bench.broker().createChannel();
            Topology.rewindRequests(channel, bench.pipeline());
            bench.configure();
            bench.start("one");
            send(bench, history.log(0), 0, 1, 10);
            send(bench, history.log(0), 0, 21, 10);
            bench.awaitWatermark(0, 10);

            String request = org.awaitility.Awaitility.await()
                    .atMost(ApplyBench.PATIENCE)
                    .until(
                            () -> {
                                GetResponse response =
                                        channel.basicGet(BrokerNames.rewindRequests(bench.pipeline()), true);
                                return response == null ? "" : new String(response.getBody(), StandardCharsets.UTF_8);
                            },
                            body -> !body.isEmpty());
            assertThat(request).isEqualTo("{\"partition\":0,\"epoch\":1,\"seq\":10}");
            Matcher seq = Pattern.compile("\"seq\":(\\d+)").matcher(request);
            assertThat(seq.find()).isTrue();
            for (long next = Long.parseLong(seq.group(1)) + 1;
                    next <= history.log(0).size(); ) {
                next = send(bench, history.log(0), 0, next, 25);
            }
            bench.awaitWatermark(0, history.log(0).size());

            for (String table : history.tableNames()) {
                assertThat(bench.query("SELECT * FROM " + database + "." + table))
                        .containsExactlyInAnyOrderElementsOf(history.rows(table));
            }
            channel.queueDelete(BrokerNames.rewindRequests(bench.pipeline()));
        }
    }
}
