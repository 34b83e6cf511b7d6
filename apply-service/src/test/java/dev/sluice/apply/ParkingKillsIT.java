package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.error.RepairCommand;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed with -9 while it parks and while it replays: the table has no key, so a row that was applied twice
 * or not at all shows, and a number of the target's own shows the order in which they came.
 */
class ParkingKillsIT {
    private static final int PARTITIONS = 2;
    private static final int KILLS = Integer.getInteger("sluice.kills", 2);

    private final DatabaseServer target = SharedServers.mysql();
    private final String database = Databases.create(target, "parkingkills");
    private final long seed = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private final Random random = new Random(seed);

    @Test
    void killsWhileParkingAndReplayingLoseRepeatAndReorderNothing(@TempDir Path directory) throws Exception {
        System.out.println("seed " + seed + ", " + KILLS + " kills while parking, " + KILLS + " while replaying");
        target.execute(
                "CREATE TABLE " + database + ".counter (came BIGINT AUTO_INCREMENT PRIMARY KEY, part INT, n TINYINT)");
        try (ApplyBench bench = new ApplyBench(target, PARTITIONS)) {
            bench.configure(new ApplyRules(ApplyRules.BadRow.PARK, null, 0, null), 1);
            try (CounterLoad load = CounterLoad.start(bench, database, PARTITIONS);
                    ServiceProcess service = ServiceProcess.start(OwnershipIT.launch(directory))) {
                for (int kill = 0; kill < KILLS; kill++) {
                    long before = parked(bench);
                    kill(service, () -> parked(bench) > before + 50);
                }
                target.execute("ALTER TABLE " + database + ".counter MODIFY n INT");
                for (int kill = 0; kill < KILLS; kill++) {
                    long before = applied(bench);
                    replay(bench);
                    kill(service, () -> applied(bench) > before + 20);
                }
                load.close();
                await("everything is replayed")
                        .atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> {
                            replay(bench);
                            return parked(bench) == 0;
                        });
                assertThat(load.finish(database)).as("seed %d", seed).isEqualTo(load.expected());
                service.stop();
            }
            assertThat(bench.query("SELECT COUNT(*) FROM (SELECT n, LAG(n) OVER (PARTITION BY part ORDER BY came) AS b"
                            + " FROM " + database + ".counter) AS c WHERE n <= b"))
                    .as("out of order, seed %d", seed)
                    .containsExactly("0");
            bench.reports();
        }
    }

    private void kill(ServiceProcess service, java.util.concurrent.Callable<Boolean> when) throws Exception {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(when);
        // where in a batch it is hit is left to chance
        Thread.sleep(random.nextInt(200));
        service.kill9();
        service.restart();
    }

    private void replay(ApplyBench bench) throws Exception {
        for (int p = 0; p < PARTITIONS; p++) {
            bench.repair(
                    p,
                    new RepairCommand(
                            RepairCommand.Action.REPLAY, database, "counter", 1, Long.MAX_VALUE, null, "test"));
        }
    }

    private long parked(ApplyBench bench) {
        return Long.parseLong(bench.query("SELECT COUNT(*) FROM sluice.sluice_parked WHERE pipeline='"
                        + bench.pipeline() + "' AND state='PARKED'")
                .get(0));
    }

    private long applied(ApplyBench bench) {
        return Long.parseLong(
                bench.query("SELECT COUNT(*) FROM " + database + ".counter").get(0));
    }
}
