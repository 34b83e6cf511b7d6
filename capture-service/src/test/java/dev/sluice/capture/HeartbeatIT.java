package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far an idle source was read, told by rows of ours. */
class HeartbeatIT {
    private final DatabaseServer mysql = SharedServers.mysql();
    private final String name = TestServers.newName();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private CaptureInstance instance;

    @BeforeEach
    void start() throws Exception {
        CaptureSettings settings = CaptureSettings.fromNow().withHeartbeat(Duration.ofSeconds(1));
        DataSource source = TestServers.source(name, mysql, mysql.host(), mysql.port(), settings);
        instance = new CaptureInstance(
                TestServers.connections(), TestServers.CIPHER, "one", meters, Duration.ofSeconds(1));
        instance.start();
        TestServers.configure(source);
        await().atMost(TestServers.LIMIT)
                .ignoreExceptions()
                .until(() -> status().state() == State.RUNNING && status().commitMicros() > 0);
    }

    @AfterEach
    void stop() {
        instance.stop();
    }

    @Test
    void anIdleSourceShowsItsLagAndItsLogHoldsNoHeartbeats() throws Exception {
        awaitBeats(2);
        // behind the statements that make their table, which the log has
        long entries = status().seq();
        awaitBeats(3);
        await().atMost(TestServers.LIMIT).until(() -> lag() < 5);
        try (Connection other = mysql.connect();
                Statement lock = other.createStatement()) {
            lock.execute("LOCK TABLES sluice.sluice_heartbeat WRITE");
            await().atMost(TestServers.LIMIT).until(() -> lag() > 5);
            await().atMost(TestServers.LIMIT)
                    .until(() -> String.valueOf(status().server().notice()).contains("no heartbeat row"));
            lock.execute("UNLOCK TABLES");
        }
        await().atMost(TestServers.LIMIT)
                .until(() -> lag() < 5 && status().server().notice() == null);
        assertThat(status().seq()).isEqualTo(entries);
        assertThat(status().state()).isEqualTo(State.RUNNING);
    }

    private void awaitBeats(int count) {
        for (int beat = 0; beat < count; beat++) {
            long since = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            await().atMost(TestServers.LIMIT).until(() -> status().commitMicros() >= since);
        }
    }

    private double lag() {
        return meters.get("sluice.capture.lag").tag("source", name).gauge().value();
    }

    private CaptureStatus status() {
        return instance.captures().status().get(0);
    }
}
