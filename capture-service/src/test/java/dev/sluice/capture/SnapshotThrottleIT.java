package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.status.SnapshotStatus;
import dev.sluice.change.status.SnapshotStatus.Phase;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A snapshot waits while the source or the pipelines have enough to do, and goes on by itself. */
class SnapshotThrottleIT {
    private static final int BUSY = 30;

    private final DatabaseServer mysql = SharedServers.mysql();
    private final String name = TestServers.newName();
    private CaptureInstance instance;

    @Test
    void waitsWhileTheSourceIsBusyAndWhileTheQueuesAreLong() throws Exception {
        String schema = Databases.create(mysql);
        mysql.execute(
                "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)", "INSERT INTO " + schema + ".t VALUES (1), (2)");
        String queue = BrokerNames.partitionQueue(DataSource.Kind.MYSQL, "p-" + name, 0);
        List<Long> sleepers = new ArrayList<>();
        try (Connection connection = TestServers.connections().open("test");
                Channel channel = connection.createChannel()) {
            Topology.partitionQueue(channel, queue);
            channel.confirmSelect();
            for (int i = 0; i < 6; i++) {
                channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[0]);
            }
            channel.waitForConfirmsOrDie(60_000);
            for (int i = 0; i < BUSY; i++) {
                sleepers.add(sleeping());
            }

            Snapshot snapshot = new Snapshot(
                    "held",
                    Instant.now().truncatedTo(ChronoUnit.MICROS),
                    name,
                    List.of("p-" + name),
                    List.of(new Snapshot.Tables(schema, "*", null, null)),
                    Snapshot.DesiredState.RUNNING,
                    1,
                    new Snapshot.Limits(0, BUSY - 5, 5));
            instance = TestServers.startInstance(TestServers.connections(), "one");
            TestServers.configure(TestServers.source(name, mysql), schema, List.of(snapshot));
            awaitNote("threads running, more than " + (BUSY - 5));
            end(sleepers);
            awaitNote("6 messages wait in partition queues, more than 5");
            assertThat(status().rows()).isZero();
            channel.queuePurge(queue);
            await().atMost(TestServers.LIMIT).until(() -> status().phase() == Phase.DONE);
            assertThat(status().rows()).isEqualTo(2);
        } finally {
            end(sleepers);
            if (instance != null) {
                instance.stop();
            }
        }
    }

    /** Id of a session that does nothing for long. */
    private long sleeping() throws SQLException {
        java.sql.Connection connection = mysql.connect();
        long id;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
            row.next();
            id = row.getLong(1);
        }
        Thread thread = new Thread(() -> {
            try (connection;
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT SLEEP(600)");
            } catch (SQLException e) {
                // killed, as is wanted
            }
        });
        thread.setDaemon(true);
        thread.start();
        return id;
    }

    private void end(List<Long> sleepers) {
        for (long id : sleepers) {
            mysql.execute("KILL " + id);
        }
        sleepers.clear();
    }

    private void awaitNote(String part) {
        await().atMost(TestServers.LIMIT).ignoreExceptions().untilAsserted(() -> assertThat(status().note())
                .contains(part));
    }

    private SnapshotStatus status() {
        return Objects.requireNonNull(instance.captures().status().get(0).snapshots())
                .get(0);
    }
}
