package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.PostgresServer;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories full of swapped, reused and passed on unique values, through the dispatcher's choice of partitions
 * into three instances that are cut off and replaced at random. With what makes it safe left out, the same histories go
 * wrong: so the test would notice.
 */
class ParallelIT {
    private static final int PARTITIONS = 8;
    private static final int INSTANCES = 3;
    private static final int ROUNDS = 60;
    private static final Duration STANDSTILL = Duration.ofSeconds(15);

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theTargetEndsAsTheSource(long seed) throws Exception {
        assertThat(differences(SharedServers.mysql(), seed, KeyedSource.Telling.ALL, true))
                .as("seed %d", seed)
                .isEmpty();
    }

    @Test
    void theTargetEndsAsTheSourceOnMariaDb() throws Exception {
        assertThat(differences(SharedServers.mariadb(), 3, KeyedSource.Telling.ALL, true))
                .as("seed 3")
                .isEmpty();
    }

    @Test
    void theTargetEndsAsTheSourceOnPostgreSql() throws Exception {
        assertThat(differences(SharedServers.postgres(), 4, KeyedSource.Telling.ALL, true))
                .as("seed 4")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyedSource.Telling.class,
            names = {"NO_UNIQUE_KEYS", "EXACT_HASHES"})
    void aHistoryGoesWrongWithoutItsKeysToldOrFolded(KeyedSource.Telling unsafe) throws Exception {
        List<String> wrong = List.of();
        // what meets by chance does not meet in every history
        for (long seed = 1; seed <= 5 && wrong.isEmpty(); seed++) {
            wrong = differences(SharedServers.mysql(), seed, unsafe, false);
        }
        assertThat(wrong).isNotEmpty();
    }

    @Tag("extended")
    @Test
    void theTargetEndsAsTheSourceWhateverTheSeed() throws Exception {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 20; seed++) {
            System.out.println("seed " + seed);
            assertThat(differences(SharedServers.mysql(), seed, KeyedSource.Telling.ALL, true))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    /** What is wrong in the end: tables that differ, partitions that never got there. */
    private static List<String> differences(DatabaseServer target, long seed, KeyedSource.Telling telling, boolean kill)
            throws Exception {
        // what is safe always gets there; what is not may stand still for good, by which it has gone wrong
        Duration patience = telling == KeyedSource.Telling.ALL ? ApplyBench.PATIENCE : STANDSTILL;
        Random random = new Random(seed);
        Random kills = new Random(seed);
        String database = Databases.create(target, "parallel");
        target.execute(KeyedSource.ddl(database, !(target instanceof PostgresServer)));
        KeyedSource source = new KeyedSource(seed, database, telling);
        Spreading spreading = new Spreading(PARTITIONS);
        int[] next = new int[PARTITIONS];
        try (TcpProxy toTarget = new TcpProxy(target.host(), target.port());
                ApplyBench bench = new ApplyBench(target, PARTITIONS);
                Fleet fleet = new Fleet(bench)) {
            bench.configure(
                    bench.dataSource(toTarget.host(), toTarget.port(), target.password()),
                    Pipeline.DesiredState.RUNNING);
            for (int i = 0; i < INSTANCES; i++) {
                fleet.start();
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int message = 1 + random.nextInt(6); message > 0; message--) {
                    spreading.dispatch(source.transactions(1 + random.nextInt(12)));
                }
                spreading.publish(bench, next, random);
                if (kill && kills.nextInt(10) == 0) {
                    fleet.replaceOne(kills);
                }
                if (kill && kills.nextInt(10) == 0) {
                    toTarget.cut();
                }
            }
            spreading.finish(bench, next);
            List<String> wrong = new ArrayList<>(unfinished(bench, spreading, fleet, patience));
            for (String table : source.tableNames()) {
                List<String> expected = source.rows(table).stream().sorted().toList();
                List<String> actual = bench.query("SELECT * FROM " + database + "." + table).stream()
                        .sorted()
                        .toList();
                if (!actual.equals(expected)) {
                    wrong.add(table + ": expected " + expected + " but it has " + actual);
                }
            }
            return wrong;
        }
    }

    /** What is behind once all is applied, or a row is refused, or nothing has moved for long. */
    private static List<String> unfinished(ApplyBench bench, Spreading spreading, Fleet fleet, Duration patience)
            throws InterruptedException {
        long moved = System.nanoTime();
        long reached = -1;
        while (true) {
            List<String> behind = new ArrayList<>();
            long sum = 0;
            for (int p = 0; p < PARTITIONS; p++) {
                long at = bench.watermark(p);
                sum += at;
                if (at < spreading.last(p)) {
                    behind.add("partition " + p + " stands at " + at + " of " + spreading.last(p));
                }
            }
            if (sum > reached) {
                reached = sum;
                moved = System.nanoTime();
            }
            List<String> refused = fleet.refused();
            if (behind.isEmpty() || !refused.isEmpty()) {
                return refused;
            }
            if (System.nanoTime() - moved > patience.toNanos()) {
                return behind;
            }
            Thread.sleep(50);
        }
    }

    /** Instances, each with its own way to the broker. */
    private static final class Fleet implements AutoCloseable {
        private record Member(TcpProxy toBroker, ApplyPipeline instance) {}

        private final ApplyBench bench;
        private final List<Member> members = new ArrayList<>();
        private final List<Member> lost = new ArrayList<>();
        private int serial;

        Fleet(ApplyBench bench) {
            this.bench = bench;
        }

        void start() throws IOException {
            RabbitMqServer rabbit = SharedServers.rabbit();
            TcpProxy toBroker = new TcpProxy(rabbit.host(), rabbit.port());
            String uri = rabbit.amqpUri()
                    .replace(rabbit.host() + ":" + rabbit.port(), toBroker.host() + ":" + toBroker.port());
            members.add(new Member(toBroker, bench.start("i" + serial++, uri)));
        }

        /** One loses the broker for good in the middle of what it does, as if killed or worse; another starts. */
        void replaceOne(Random random) throws IOException {
            Member victim = members.remove(random.nextInt(members.size()));
            victim.toBroker.refuse();
            lost.add(victim);
            start();
        }

        /** What partitions that gave up on a row say of it. */
        List<String> refused() {
            return members.stream()
                    .flatMap(member -> member.instance.status().stream())
                    .filter(status -> status.state() == State.FAILED)
                    .map(status -> "partition " + status.partition() + ": " + status.error())
                    .toList();
        }

        @Override
        public void close() throws IOException {
            members.addAll(lost);
            for (Member member : members) {
                member.toBroker.close();
            }
        }
    }
}
