package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rows that are asked for in a table at the source, as users of otter know it. */
class RetlBufferIT {
    private static final String TABLE = " (ID BIGINT AUTO_INCREMENT, TABLE_ID INT NOT NULL, FULL_NAME VARCHAR(512),"
            + " TYPE CHAR(1) NOT NULL, PK_DATA VARCHAR(256) NOT NULL, GMT_CREATE TIMESTAMP NOT NULL,"
            + " GMT_MODIFIED TIMESTAMP NOT NULL, CONSTRAINT RETL_BUFFER_ID PRIMARY KEY (ID))";

    private final DatabaseServer mysql = SharedServers.mysql();
    private final String name = TestServers.newName();

    @Test
    void rowsAskedForAreSentAgainAndLeaveTheTable() throws Exception {
        String schema = Databases.create(mysql);
        String retl = Databases.create(mysql, "retl");
        String buffer = retl + ".retl_buffer";
        mysql.execute(
                "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, v INT)",
                "CREATE TABLE " + schema + ".pairs (a INT, b VARCHAR(9), v INT, PRIMARY KEY (a, b))",
                "INSERT INTO " + schema + ".t VALUES (1, 10), (2, 20), (3, 30)",
                "INSERT INTO " + schema + ".pairs VALUES (1, 'x', 11), (1, 'y', 12)",
                "CREATE TABLE " + buffer + TABLE);
        DataSource source = TestServers.source(
                name,
                mysql,
                mysql.host(),
                mysql.port(),
                CaptureSettings.fromNow().withRetlBuffer(buffer));
        TestServers.configure(source, schema, List.of());
        CaptureInstance instance = TestServers.startInstance(TestServers.connections(), "one");
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            ask(buffer, schema + ".t", "I", "'1'");
            ask(buffer, schema + ".pairs", "U", "CONCAT('1', CHAR(1), 'y')");
            ask(buffer, schema + ".t", "U", "'3'");
            ask(buffer, schema + ".t", "U", "'4'"); // is not there, so nothing is sent
            log.readUntil(() -> log.copied() == 3);
            assertThat(log.rows(schema + ".t"))
                    .extracting(LogReader.Entry::cells)
                    .containsExactlyInAnyOrder(List.of("1", "10"), List.of("3", "30"));
            assertThat(log.rows(schema + ".pairs"))
                    .extracting(LogReader.Entry::cells)
                    .containsExactly(List.of("1", "y", "12"));
            assertThat(log.rows(schema + ".t").get(0).transaction().to()).containsExactly("p-" + name);
            await().atMost(TestServers.LIMIT).until(() -> waiting(buffer) == 0);

            ask(buffer, "elsewhere.t", "U", "'1'");
            ask(buffer, schema + ".t", "U", "'2'");
            await().atMost(TestServers.LIMIT).untilAsserted(() -> assertThat(notice(instance))
                    .contains("id 5", "elsewhere.t", "no running pipeline maps", "delete it"));
            assertThat(log.copied())
                    .as("what cannot be met holds the rest back")
                    .isEqualTo(3);
            mysql.execute("DELETE FROM " + buffer + " WHERE full_name = 'elsewhere.t'");
            log.readUntil(() -> log.copied() == 4);
            await().atMost(TestServers.LIMIT).until(() -> waiting(buffer) == 0);
            await().atMost(TestServers.LIMIT).until(() -> notice(instance).equals("null"));
        } finally {
            instance.stop();
        }
    }

    private void ask(String buffer, String table, String type, String key) {
        mysql.execute("INSERT INTO " + buffer + " (table_id, full_name, type, pk_data, gmt_create, gmt_modified)"
                + " VALUES (0, '" + table + "', '" + type + "', " + key + ", NOW(), NOW())");
    }

    private long waiting(String buffer) throws Exception {
        try (Connection connection = mysql.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + buffer)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String notice(CaptureInstance instance) {
        return String.valueOf(
                Objects.requireNonNull(instance.captures().status().get(0).server())
                        .notice());
    }
}
