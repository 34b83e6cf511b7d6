package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.CaptureSettings.StartPosition;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.PositionReset;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source log that is deleted while nobody captures. */
class LostLogIT {
    private final DatabaseServer mysql = SharedServers.mysql();
    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private CaptureInstance instance;

    @BeforeEach
    void start() {
        mysql.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)");
        instance = TestServers.startInstance(TestServers.connections(), "one");
    }

    @AfterEach
    void stop() {
        instance.stop();
        mysql.execute("DROP DATABASE " + schema);
    }

    @Test
    void isNotTakenForANewOneUntilAPersonSaysWhereToBegin() throws Exception {
        DataSource source = TestServers.source(name, mysql);
        TestServers.configure(source);
        await().atMost(TestServers.LIMIT).ignoreExceptions().until(() -> status().state() == State.RUNNING);
        Instant before = Instant.now();
        mysql.execute("INSERT INTO " + schema + ".t VALUES (1), (2)");
        await().atMost(TestServers.LIMIT).until(() -> status().seq() >= 2);
        loseLog();

        mysql.execute("INSERT INTO " + schema + ".t VALUES (3)");
        instance = TestServers.startInstance(TestServers.connections(), "two");
        await().atMost(TestServers.LIMIT).ignoreExceptions().until(() -> status().state() == State.FAILED);
        assertThat(status().error()).contains("the source log is gone", "NOW", "/position", "capture.start");

        CaptureSettings jump = CaptureSettings.fromNow().withReset(new PositionReset(7, StartPosition.at(before)));
        TestServers.configure(source.withCapture(jump));
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readRows(schema + ".t", 3);
            assertThat(log.rows(schema + ".t")).hasSize(3);
        }

        loseLog();
        instance = TestServers.startInstance(TestServers.connections(), "three");
        await().atMost(TestServers.LIMIT).ignoreExceptions().until(() -> status().state() == State.FAILED);
        assertThat(status().error()).as("what was said once holds once").contains("the source log is gone");
    }

    private void loseLog() throws Exception {
        instance.stop();
        try (Connection connection = TestServers.connections().open("operator")) {
            connection.createChannel().queueDelete(BrokerNames.sourceLog(name));
        }
    }

    private CaptureStatus status() {
        return instance.captures().status().get(0);
    }
}
