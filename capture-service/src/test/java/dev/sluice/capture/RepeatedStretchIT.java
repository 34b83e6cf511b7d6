package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.CaptureSettings.StartPosition;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.PositionReset;
import dev.sluice.testsupport.servers.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A capture that was sent back says of each entry whether the log had it before, whoever goes on. */
class RepeatedStretchIT {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedStretchIT.class);
    private static final int ROWS = 6_000;
    private static final int ROWS_IN_TRANSACTION = 20;
    private static final int NEW_ROWS = 50;

    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');

    @Test
    void saysSoUpToWhereTheLogEnded() throws Exception {
        MySqlServer server = TestServers.mysql();
        server.execute(
                "CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, note VARCHAR(2000))");
        DataSource source = TestServers.source(name, server);
        TestServers.configure(source);
        CaptureInstance first = TestServers.startInstance(TestServers.connections(), "one");
        CaptureInstance second = null;
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            StartPosition back = end(server);
            insert(server, 0, ROWS);
            log.readRows(schema + ".t", ROWS);
            CaptureSettings settings = CaptureSettings.fromNow().withReset(new PositionReset(1, back));
            TestServers.configure(TestServers.source(name, server, server.host(), server.port(), settings));
            log.readUntil(() -> log.rows(schema + ".t").size() > ROWS);
            first.stop();
            second = TestServers.startInstance(TestServers.connections(), "two");
            insert(server, ROWS, NEW_ROWS);
            log.readUntil(() -> log.rows(schema + ".t").size() == 2 * ROWS + NEW_ROWS);
            LOG.info(
                    "the second capture went on behind entry {} of {}",
                    log.claims().get(2).after(),
                    2 * ROWS);
            List<LogReader.Entry> rows = log.rows(schema + ".t");
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).repeats()).as("row %d", i).isEqualTo(i >= ROWS && i < 2 * ROWS);
            }
        } finally {
            first.stop();
            if (second != null) {
                second.stop();
            }
        }
    }

    private void insert(MySqlServer server, int from, int count) throws Exception {
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            for (int id = from; id < from + count; id += ROWS_IN_TRANSACTION) {
                StringBuilder sql = new StringBuilder("INSERT INTO t VALUES ");
                for (int i = id; i < Math.min(id + ROWS_IN_TRANSACTION, from + count); i++) {
                    sql.append(i == id ? "(" : ",(").append(i).append(", REPEAT('n', 1500))");
                }
                statement.execute(sql.toString());
            }
        }
    }

    private static StartPosition end(MySqlServer server) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW MASTER STATUS")) {
            assertThat(row.next()).isTrue();
            return new StartPosition(StartPosition.Mode.FILE, row.getString(1), row.getLong(2), null);
        }
    }
}
