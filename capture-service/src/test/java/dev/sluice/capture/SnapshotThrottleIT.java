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
import dev.sluice.change.status.SnapshotStatus.Phase;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
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
        List<Long> sleepers = new ArrayList<>();
        try (Connection connection = TestServers.connections().open("test");
                Channel channel = connection.createChannel()) {
            String queue = longQueue(channel);
            for (int i = 0; i < BUSY; i++) {
                sleepers.add(sleeping());
            }

            Snapshot snapshot = TestSnapshots.of("held", name, schema, new Snapshot.Limits(0, BUSY - 5, 5));
            instance = TestServers.startInstance(TestServers.connections(), "one");
            TestServers.configure(TestServers.source(name, mysql), schema, List.of(snapshot));
            awaitNote("threads running, more than " + (BUSY - 5));
            end(sleepers);
            awaitNote("6 messages wait in partition queues, more than 5");
            assertThat(TestSnapshots.status(instance).rows()).isZero();
            channel.queuePurge(queue);
            TestSnapshots.awaitPhase(instance, Phase.DONE);
            assertThat(TestSnapshots.status(instance).rows()).isEqualTo(2);
        } finally {
            end(sleepers);
            if (instance != null) {
                instance.stop();
            }
        }
    }

    /** A server cuts who does not take the rows of a query for longer than net_write_timeout, 60 s by default. */
    @Test
    void theSourceKeepsTheRowsOfATableWithoutAKeyMeanwhile() throws Exception {
        String schema = Databases.create(mysql);
        int rows = 600;
        int moreThanSocketsHold = 250;
        mysql.execute("CREATE TABLE " + schema + ".t (a INT, b MEDIUMTEXT)");
        for (int from = 0; from < rows; from += 100) {
            mysql.execute("INSERT INTO " + schema + ".t SELECT NULL, REPEAT('b', 60000)"
                    + " FROM information_schema.columns LIMIT 100");
        }
        Duration timeout = Duration.ofSeconds(1);
        mysql.execute("SET GLOBAL net_write_timeout = " + timeout.toSeconds());
        try (Connection connection = TestServers.connections().open("test");
                Channel channel = connection.createChannel()) {
            Snapshot snapshot = TestSnapshots.of("held", name, schema, new Snapshot.Limits(100, 0, 5));
            instance = TestServers.startInstance(TestServers.connections(), "one");
            TestServers.configure(TestServers.source(name, mysql), schema, List.of(snapshot));
            try (LogReader log = TestServers.awaitLog(name)) {
                log.readUntil(() -> log.copied() > 0);
                String queue = longQueue(channel);
                awaitNote("6 messages wait in partition queues, more than 5");
                assertThat(TestSnapshots.status(instance).rows()).isLessThan(rows - moreThanSocketsHold);
                Thread.sleep(timeout.multipliedBy(3).toMillis());
                channel.queuePurge(queue);
                TestSnapshots.awaitPhase(instance, Phase.DONE);
                log.readUntil(() -> log.copied() >= rows);
                assertThat(KeylessTable.begun(log, schema + ".t")).isEqualTo(1);
                assertThat(KeylessTable.contents(log, schema + ".t"))
                        .isEqualTo(KeylessTable.contents(mysql, schema + ".t"));
            }
        } finally {
            mysql.execute("SET GLOBAL net_write_timeout = DEFAULT");
            if (instance != null) {
                instance.stop();
            }
        }
    }

    /** A queue of the source's pipeline in which six messages wait. */
    private String longQueue(Channel channel) throws IOException, InterruptedException, TimeoutException {
        String queue = BrokerNames.partitionQueue(DataSource.Kind.MYSQL, "p-" + name, 0);
        Topology.partitionQueue(channel, queue);
        channel.confirmSelect();
        for (int i = 0; i < 6; i++) {
            channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[0]);
        }
        channel.waitForConfirmsOrDie(60_000);
        return queue;
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
        await().atMost(TestServers.LIMIT).ignoreExceptions().untilAsserted(() -> assertThat(
                        TestSnapshots.status(instance).note())
                .contains(part));
    }
}
