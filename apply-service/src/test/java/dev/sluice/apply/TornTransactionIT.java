package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.message.TableLine;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where transactions are kept whole, one of which a piece stays away holds the partition up for a while only. */
class TornTransactionIT {
    /** Of rows in one batch; with more a transaction is written in parts. */
    private static final int BATCH = 2_000;

    private final DatabaseServer target = SharedServers.mysql();
    private final String database = Databases.create(target, "torn");
    private final TableLine table =
            Tables.table(1, database, "counter", List.of("part int", "n int"), List.of(), List.of());

    TornTransactionIT() {
        target.execute(CounterLoad.ddl(database));
    }

    @Test
    void asksForWhatIsMissingInTheMiddleOfATransaction() throws Exception {
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            Channel requests = requests(bench);
            bench.publish(0, rows(1, 1).buildWhole(1, 1));
            bench.publish(0, rows(3, 3).commit().buildWhole(1, 3));
            bench.start("one");

            assertThat(request(requests, bench)).isEqualTo("{\"partition\":0,\"epoch\":0,\"seq\":0}");
            bench.publish(0, rows(1, 2).buildWhole(1, 1));
            bench.publish(0, rows(3, 3).commit().buildWhole(1, 3));
            bench.awaitWatermark(0, 4);
            assertThat(numbers(bench)).containsExactly("1", "2", "3");
        }
    }

    @Test
    @Tag("extended")
    void undoesTheWrittenPartOfATransactionThatDoesNotGoOn() throws Exception {
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            Channel requests = requests(bench);
            bench.start("one");
            bench.publish(0, rows(1, BATCH).buildWhole(1, 1));
            bench.publish(0, rows(BATCH + 1, BATCH + 1).buildWhole(1, BATCH + 1));

            assertThat(request(requests, bench)).isEqualTo("{\"partition\":0,\"epoch\":0,\"seq\":0}");
            bench.publish(0, rows(1, BATCH).buildWhole(1, 1));
            bench.publish(0, rows(BATCH + 1, BATCH + 1).commit().buildWhole(1, BATCH + 1));
            bench.awaitWatermark(0, BATCH + 2);
            assertThat(numbers(bench))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, BATCH + 1)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    private Channel requests(ApplyBench bench) throws Exception {
        Channel channel = bench.broker().createChannel();
        Topology.rewindRequests(channel, bench.pipeline());
        bench.configure();
        return channel;
    }

    private MessageBuilder rows(int from, int to) {
        MessageBuilder message = new MessageBuilder().transaction();
        for (int n = from; n <= to; n++) {
            message.insert(table, "0", Integer.toString(n));
        }
        return message;
    }

    private List<String> numbers(ApplyBench bench) {
        return bench.query("SELECT n FROM " + database + ".counter ORDER BY n");
    }

    private static String request(Channel requests, ApplyBench bench) {
        return await().atMost(Duration.ofMinutes(3))
                .until(
                        () -> {
                            GetResponse response =
                                    requests.basicGet(BrokerNames.rewindRequests(bench.pipeline()), true);
                            return response == null ? "" : new String(response.getBody(), StandardCharsets.UTF_8);
                        },
                        body -> !body.isEmpty());
    }
}
