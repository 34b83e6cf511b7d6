package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.List;
import org.junit.jupiter.api.Test;

class MariaDbIT {
    private final MariaDbServer mariadb = SharedServers.mariadb();
    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');

    @Test
    void rowsArriveAndTakingOverLeavesNeitherGapNorDuplicate() throws Exception {
        mariadb.execute("CREATE DATABASE " + schema);
        TestServers.configure(TestServers.source(name, mariadb));
        CaptureInstance first = TestServers.startInstance(TestServers.connections(), "first");
        awaitEpoch(first, 1);
        try (Load load = new Load(mariadb, schema)) {
            await().atMost(TestServers.LIMIT).until(() -> status(first).seq() > 200);
            first.stop();
            CaptureInstance second = TestServers.startInstance(TestServers.connections(), "second");
            try (LogReader log = new LogReader(TestServers.connections(), name)) {
                awaitEpoch(second, 2);
                load.close();
                log.readRows(schema + ".done", 1);
                assertThat(log.contents(schema + ".plain")).isEqualTo(load.contents("plain"));
                assertThat(log.contents(schema + ".uniq")).isEqualTo(load.contents("uniq"));
                assertThat(log.rows(schema + ".uniq").get(0).table().unique()).containsExactly(List.of(1));
                assertThat(log.again()).isZero();
                log.assertTransactionsAreWhole();
            } finally {
                second.stop();
            }
        } finally {
            mariadb.execute("DROP DATABASE " + schema);
        }
    }

    private static void awaitEpoch(CaptureInstance instance, long epoch) {
        await().atMost(TestServers.LIMIT)
                .ignoreExceptions()
                .until(() -> status(instance).state() == State.RUNNING
                        && status(instance).epoch() == epoch);
    }

    private static CaptureStatus status(CaptureInstance instance) {
        return instance.captures().status().get(0);
    }
}
