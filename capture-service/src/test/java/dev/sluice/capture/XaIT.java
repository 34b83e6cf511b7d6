package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.servers.MySqlServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an XA transaction changed enters the log at its commit, once, whoever captured when it was prepared. */
class XaIT {
    private static final int MANY = 16_384;

    private final MySqlServer mysql = TestServers.mysql();
    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private final DataSource source = TestServers.source(name, mysql);

    @BeforeEach
    void prepare() throws Exception {
        mysql.execute(
                "CREATE DATABASE " + schema,
                "CREATE TABLE " + schema + ".seed (n INT PRIMARY KEY)",
                "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, v VARCHAR(200))",
                "INSERT INTO " + schema + ".seed VALUES "
                        + String.join(
                                ",",
                                IntStream.range(0, 128)
                                        .mapToObj(n -> "(" + n + ")")
                                        .toList()));
        TestServers.configure(source);
    }

    @AfterEach
    void drop() {
        mysql.execute("DROP DATABASE " + schema);
    }

    @Test
    void whoTakesOverBetweenPrepareAndCommitLogsTheRows() throws Exception {
        try (TcpProxy proxy =
                new TcpProxy(TestServers.broker().host(), TestServers.broker().port())) {
            CaptureInstance instance = TestServers.startInstance(TestServers.connections(proxy), "one");
            try (LogReader log = TestServers.awaitLog(name)) {
                awaitEpoch(instance, 1);
                prepare("large", "INSERT INTO t SELECT a.n * 128 + b.n, REPEAT('x', 150) FROM seed a, seed b");
                prepare("small", "INSERT INTO t VALUES (-1, 'small')");
                prepare("back", "INSERT INTO t VALUES (-2, 'taken back')");
                mysql.execute("INSERT INTO " + schema + ".t VALUES (-3, 'marker')");
                log.readRows(schema + ".t", 1);
                proxy.cut();
                awaitEpoch(instance, 2);
                mysql.execute("XA ROLLBACK '" + name + "back'", "XA COMMIT '" + name + "large'");
                log.readUntil(() -> log.rows(schema + ".t").size() > 1);
                proxy.cut();
                awaitEpoch(instance, 3);
                mysql.execute("XA COMMIT '" + name + "small'");
                log.readRows(schema + ".t", 1 + MANY + 1);
                List<String> ids = log.rows(schema + ".t").stream()
                        .map(entry -> String.valueOf(entry.cell("id")))
                        .toList();
                assertThat(ids)
                        .startsWith("-3")
                        .endsWith("-1")
                        .doesNotContain("-2")
                        .doesNotHaveDuplicates();
            } finally {
                instance.stop();
            }
        }
    }

    private void prepare(String xid, String sql) throws Exception {
        try (Connection connection = mysql.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("XA START '" + name + xid + "'");
            statement.execute(sql);
            statement.execute("XA END '" + name + xid + "'");
            statement.execute("XA PREPARE '" + name + xid + "'");
        }
    }

    private static void awaitEpoch(CaptureInstance instance, long epoch) {
        await().atMost(TestServers.LIMIT).until(() -> {
            List<CaptureStatus> status = instance.captures().status();
            return !status.isEmpty()
                    && status.get(0).state() == State.RUNNING
                    && status.get(0).epoch() >= epoch;
        });
    }
}
