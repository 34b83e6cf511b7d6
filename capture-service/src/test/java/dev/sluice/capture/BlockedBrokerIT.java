package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.capture.reading.ServerWatch;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.RabbitMqServer;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A broker that does not take messages stops the capture; health says so, and nothing is lost. */
class BlockedBrokerIT {
    private final MySqlServer mysql = TestServers.mysql();
    private final RabbitMqServer broker = TestServers.broker();
    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private final DataSource source = TestServers.source(name, mysql);
    private CaptureInstance instance;

    @BeforeEach
    void prepare() throws Exception {
        mysql.execute("CREATE DATABASE " + schema);
        instance = TestServers.startInstance(TestServers.connections(), "one");
        TestServers.configure(source);
        await().atMost(TestServers.LIMIT).ignoreExceptions().until(() -> status().state() == State.RUNNING);
    }

    @AfterEach
    void stop() {
        instance.stop();
        mysql.execute("DROP DATABASE " + schema);
    }

    @Test
    void aDiskAlarmPausesItWithoutLoss() throws Exception {
        try (Load load = new Load(mysql, schema)) {
            await().atMost(TestServers.LIMIT).until(() -> status().entries() > 100);
            broker.rabbitmqctl("set_disk_free_limit", "100000GB");
            try {
                await().atMost(TestServers.LIMIT).until(() -> health().equals("DOWN"));
                assertThat(instance.health().health().getDetails().get(name).toString())
                        .contains("alarm");
                assertThat(status().epoch()).isEqualTo(1);
            } finally {
                broker.rabbitmqctl("set_disk_free_limit", "200MB");
            }
            await().atMost(TestServers.LIMIT).until(() -> health().equals("UP"));
            load.close();
            try (LogReader log = new LogReader(TestServers.connections(), name)) {
                log.readRows(schema + ".done", 1);
                assertThat(log.contents(schema + ".plain")).isEqualTo(load.contents("plain"));
                assertThat(log.claims())
                        .as("an alarm is no reason to take over")
                        .hasSize(1);
            }
        }
    }

    @Test
    void aSourceLogThatIsDeletedIsNotBegunAnewInSilence() throws Exception {
        mysql.execute("CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)", "INSERT INTO " + schema + ".t VALUES (1)");
        await().atMost(TestServers.LIMIT).until(() -> status().seq() >= 2);
        CaptureStatus at = status();
        try (Connection connection = TestServers.connections().open("operator")) {
            connection.createChannel().queueDelete(BrokerNames.sourceLog(name));
        }
        // unroutable now: what is published comes back, and is not counted as done
        mysql.execute("INSERT INTO " + schema + ".t VALUES (2)");
        await().atMost(TestServers.LIMIT).until(() -> status().state() == State.FAILED);
        assertThat(status().error()).contains("the source log is gone", "capture.start");

        CaptureSettings now = CaptureSettings.fromNow();
        CaptureSettings given = new CaptureSettings(
                new CaptureSettings.StartPosition(
                        CaptureSettings.StartPosition.Mode.FILE, at.file(), at.offset(), null),
                0,
                now.logMaxBytes(),
                now.logMaxAge());
        TestServers.configure(TestServers.source(name, mysql, mysql.host(), mysql.port(), given));
        await().atMost(TestServers.LIMIT).until(() -> status().state() == State.RUNNING);
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readRows(schema + ".t", 2);
            assertThat(log.claims().get(0).epoch()).isEqualTo(1);
        }
    }

    /** The outlook is asked for once a minute and needs two looks. */
    @Test
    @Tag("extended")
    void warnsBeforeTheSourceDeletesWhatWasNotRead() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger logger = (Logger) LoggerFactory.getLogger(ServerWatch.class);
        logger.addAppender(logged);
        mysql.execute(
                "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)",
                "SET GLOBAL binlog_expire_logs_seconds = 110",
                "INSERT INTO " + schema + ".t VALUES (1)");
        await().atMost(TestServers.LIMIT).until(() -> status().seq() >= 2);
        instance.stop(); // its first look was without a commit
        instance = TestServers.startInstance(TestServers.connections(), "two");
        await().atMost(TestServers.LIMIT)
                .ignoreExceptions()
                .until(() -> Objects.requireNonNull(status().server()).purge() != null);
        assertThat(Objects.requireNonNull(status().server()).purge().secondsLeft())
                .isNull();
        broker.rabbitmqctl("set_disk_free_limit", "100000GB");
        try {
            mysql.execute("INSERT INTO " + schema + ".t VALUES (2)");
            await().atMost(Duration.ofSeconds(150)).untilAsserted(() -> assertThat(logged.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anySatisfy(line -> assertThat(line)
                            .startsWith(name)
                            .contains("keeps its binary log for 110 s", "before it was read", "expire")));
            assertThat(Objects.requireNonNull(status().server()).purge().secondsLeft())
                    .isBetween(0L, 55L);
        } finally {
            broker.rabbitmqctl("set_disk_free_limit", "200MB");
            mysql.execute("SET GLOBAL binlog_expire_logs_seconds = 2592000");
            logger.detachAppender(logged);
        }
        await().atMost(TestServers.LIMIT).until(() -> status().seq() >= 3);
    }

    @Test
    void withoutABrokerItIsDownAndComesBack() throws Exception {
        BrokerConnections nowhere = new BrokerConnections("amqp://nobody:nothing@127.0.0.1:1");
        CaptureInstance lonely = TestServers.startInstance(nowhere, "lonely");
        try {
            await().atMost(TestServers.LIMIT)
                    .until(() -> lonely.health().health().getStatus().getCode().equals("DOWN"));
        } finally {
            lonely.stop();
        }
        broker.makeQueuesLasting();
        broker.kill9();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> health().equals("DOWN"));
        } finally {
            broker.restart();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> health().equals("UP"));
    }

    private CaptureStatus status() {
        return instance.captures().status().get(0);
    }

    private String health() {
        return instance.health().health().getStatus().getCode();
    }
}
