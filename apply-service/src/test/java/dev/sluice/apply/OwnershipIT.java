package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.status.State;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipIT {
    private static final int PARTITIONS = 16;

    private final RabbitMqServer rabbit = SharedServers.rabbit();
    private final DatabaseServer target = SharedServers.mysql();

    @Test
    void aSecondInstanceTakesItsShareAndItsLossCostsNothing() throws Exception {
        String database = Databases.create(target, "share");
        target.execute(CounterLoad.ddl(database));
        try (TcpProxy toSecond = new TcpProxy(rabbit.host(), rabbit.port());
                ApplyBench bench = new ApplyBench(target, PARTITIONS)) {
            bench.configure();
            ApplyPipeline one = bench.start("one");
            try (CounterLoad load = CounterLoad.start(bench, database, PARTITIONS)) {
                await().atMost(ApplyBench.PATIENCE).until(() -> running(one) == PARTITIONS);
                ApplyPipeline two = bench.start(
                        "two",
                        rabbit.amqpUri()
                                .replace(rabbit.host() + ":" + rabbit.port(), toSecond.host() + ":" + toSecond.port()));
                // a fair draw of 16 gives less than 2 or more than 14 once in two thousand times
                await().atMost(ApplyBench.PATIENCE).until(() -> running(two) >= 2);
                await("the first lets go of what the second took")
                        .atMost(ApplyBench.PATIENCE)
                        .until(() -> running(one) >= 2 && running(one) + running(two) == PARTITIONS);
                long[] before = progress(one);

                toSecond.refuse();

                await("the first goes on with all of them")
                        .atMost(ApplyBench.PATIENCE)
                        .until(() -> running(one) == PARTITIONS
                                && IntStream.range(0, PARTITIONS).allMatch(p -> progress(one)[p] > before[p]));
                assertThat(load.finish(database)).isEqualTo(load.expected());
            }
        }
    }

    @Test
    void aKilledProcessLosesAndRepeatsNothing(@TempDir Path directory) throws Exception {
        String database = Databases.create(target, "killed");
        target.execute(CounterLoad.ddl(database));
        try (ApplyBench bench = new ApplyBench(target, 2)) {
            bench.configure();
            try (CounterLoad load = CounterLoad.start(bench, database, 2);
                    ServiceProcess service = ServiceProcess.start(launch(directory))) {
                await().atMost(ApplyBench.PATIENCE.multipliedBy(2))
                        .ignoreExceptions()
                        .until(() -> bench.watermark(0) > 100);
                service.kill9();
                service.restart();
                service.awaitHealthy(ApplyBench.PATIENCE.multipliedBy(4));
                assertThat(load.finish(database)).isEqualTo(load.expected());
                service.stop();
            }
        }
    }

    static ServiceProcess.Launch launch(Path directory) throws IOException {
        Path jar;
        try (var files = Files.list(Path.of("target"))) {
            jar = files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow();
        }
        Map<String, String> environment = Map.of(
                "SLUICE_BROKER_URI",
                SharedServers.rabbit().amqpUri(),
                "SLUICE_SECRET_KEY",
                ApplyBench.SECRET_KEY,
                "SLUICE_INSTANCE",
                "process",
                "SLUICE_APPLY_PORT",
                "0");
        return new ServiceProcess.Launch("apply", jar, "128m", environment, directory.resolve("apply.log"));
    }

    private static long running(ApplyPipeline instance) {
        return instance.status().stream()
                .filter(partition -> partition.state() == State.RUNNING)
                .count();
    }

    private static long[] progress(ApplyPipeline instance) {
        return IntStream.range(0, PARTITIONS)
                .mapToLong(p -> ApplyBench.status(instance, p).seq())
                .toArray();
    }
}
