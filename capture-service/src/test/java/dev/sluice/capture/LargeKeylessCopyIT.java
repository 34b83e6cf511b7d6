package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.StreamReader;
import dev.sluice.broker.StreamRecord;
import dev.sluice.broker.StreamStart;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.status.SnapshotStatus;
import dev.sluice.change.status.SnapshotStatus.Phase;
import dev.sluice.change.status.StatusCodec;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Millions of rows that nothing tells apart are copied side by side within the usual heap. */
@Tag("extended")
class LargeKeylessCopyIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int DOUBLED = 20;
    private static final long ROWS = 3L << DOUBLED;

    private final DatabaseServer server = SharedServers.mysql();
    private final String name = TestServers.newName();
    private final AtomicReference<SnapshotStatus> status = new AtomicReference<>();

    @Test
    void memoryIsBoundedAndItCanBeCancelled(@TempDir Path directory) throws Exception {
        String schema = Databases.create(server);
        fill(schema);
        DataSource source = TestServers.source(name, server);
        TestServers.configure(source, schema, List.of());
        try (Connection connection = TestServers.connections().open("test");
                ServiceProcess capture =
                        ServiceProcess.start(TestServers.process("256m", directory.resolve("capture.log")))) {
            follow(connection.createChannel());
            TestServers.awaitLog(name).close();
            Snapshot first = TestSnapshots.of("first", name, schema, null);
            TestServers.configure(source, schema, List.of(first));
            await().atMost(LIMIT)
                    .failFast(
                            "it ended",
                            () -> status.get() != null && status.get().phase() == Phase.DONE)
                    .untilAsserted(() -> {
                        assertThat(seen("first").rows()).isPositive();
                        assertThat(seen("first").rowsPerSecond()).isPositive();
                        assertThat(seen("first").secondsLeft()).isPositive();
                    });
            long asked = System.nanoTime();
            TestServers.configure(source, schema, List.of(first.command(Snapshot.DesiredState.CANCELLED)));
            awaitPhase("first", Phase.CANCELLED);
            long cancelled = seen("first").rows();
            System.out.printf(
                    "LargeKeylessCopyIT: cancelled after %,d rows within %d ms%n",
                    cancelled, (System.nanoTime() - asked) / 1_000_000);
            assertThat(cancelled).isLessThan(ROWS);

            long began = System.nanoTime();
            TestServers.configure(source, schema, List.of(TestSnapshots.of("second", name, schema, null)));
            awaitPhase("second", Phase.DONE);
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(seen("second").rows()).isEqualTo(ROWS);
            System.out.printf(
                    "LargeKeylessCopyIT: %,d rows of three tables in %.0f s, %,.0f rows/s, %,d chunks, %s of CPU%n",
                    ROWS, seconds, ROWS / seconds, seen("second").chunks(), capture.cpuTime());
            // both beginnings of each table are entries too
            assertThat(logged(connection)).isEqualTo(cancelled + ROWS + 6);
        }
    }

    private void fill(String schema) {
        server.execute("CREATE TABLE " + schema + ".tiny (a TINYINT)", "INSERT INTO " + schema + ".tiny VALUES (1)");
        for (int doubled = 0; doubled < DOUBLED; doubled++) {
            server.execute("INSERT INTO " + schema + ".tiny SELECT a FROM " + schema + ".tiny");
        }
        for (String other : List.of("tiny2", "tiny3")) {
            server.execute(
                    "CREATE TABLE " + schema + "." + other + " LIKE " + schema + ".tiny",
                    "INSERT INTO " + schema + "." + other + " SELECT a FROM " + schema + ".tiny");
        }
    }

    /** Keeps what the service says of its snapshot. */
    private void follow(Channel channel) throws Exception {
        Topology.statusExchange(channel);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, BrokerNames.STATUS_EXCHANGE, "");
        channel.basicConsume(
                queue,
                true,
                (tag, delivery) -> StatusCodec.decode(delivery.getBody()).captures().stream()
                        .filter(capture -> capture.source().equals(name) && capture.snapshots() != null)
                        .flatMap(capture -> Objects.requireNonNull(capture.snapshots()).stream())
                        .forEach(status::set),
                tag -> {});
    }

    private SnapshotStatus seen(String snapshot) {
        SnapshotStatus seen = status.get();
        assertThat(seen).isNotNull().extracting(SnapshotStatus::name).isEqualTo(snapshot);
        return seen;
    }

    private void awaitPhase(String snapshot, Phase phase) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(seen(snapshot).phase()).isEqualTo(phase));
    }

    /** Entries of the log, which one epoch has written: the service was never restarted. */
    private long logged(Connection connection) throws Exception {
        StreamReader reader = new StreamReader(connection, BrokerNames.sourceLog(name), StreamStart.FIRST);
        long entries = 0;
        for (StreamRecord record = reader.poll(Duration.ofSeconds(20));
                record != null;
                record = reader.poll(Duration.ofSeconds(5))) {
            MessageHeader header = MessageHeader.of(record.type(), record.headers());
            assertThat(header.epoch()).isLessThanOrEqualTo(1); // a probe has none
            entries += header.entries();
        }
        reader.close();
        return entries;
    }
}
