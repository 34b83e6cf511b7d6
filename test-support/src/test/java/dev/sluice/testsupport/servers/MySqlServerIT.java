package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MySqlServerIT {
    @ParameterizedTest
    @EnumSource(
            value = MySqlVersion.class,
            names = {"V5_7_22", "V8_0_15"})
    void keepsCommittedRowsOverKill9AndLeavesNothingBehind(MySqlVersion version) throws Exception {
        Traces traces;
        try (MySqlServer server = MySqlServer.start(version, ServerOptions.defaults())) {
            traces = Traces.of(server.pid());
            assertThat(server.version()).startsWith(version.number());
            String database = Databases.create(server);
            server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY)");
            server.execute("INSERT INTO " + database + ".t VALUES (1), (2)");
            int port = server.port();

            server.kill9();
            assertThat(server.pid()).isEmpty();
            server.restart();

            assertThat(server.port()).isEqualTo(port);
            assertThat(column(server, "SELECT id FROM " + database + ".t ORDER BY id"))
                    .containsExactly("1", "2");
        }
        traces.assertGone();
    }

    @Test
    void isReadyToBeASource() throws Exception {
        try (MySqlServer server =
                MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults().with("--server-id=77"))) {
            assertThat(column(
                            server,
                            "SELECT CONCAT_WS(' ', @@log_bin, @@binlog_format, @@binlog_row_image, @@binlog_row_metadata,"
                                    + " @@gtid_mode, @@sync_binlog, @@innodb_flush_log_at_trx_commit, @@server_id,"
                                    + " @@time_zone, @@have_ssl, @@gtid_executed)"))
                    .containsExactly("1 ROW FULL FULL ON 1 1 77 +00:00 YES ");
        }
    }

    @Test
    void takesARowOf20MegabytesAndServesTls() throws Exception {
        MySqlServer server = SharedServers.mysql();
        String database = Databases.create(server);
        server.execute("CREATE TABLE " + database + ".big (id INT PRIMARY KEY, body LONGBLOB)");
        server.execute("INSERT INTO " + database + ".big VALUES (1, REPEAT('x', 20 * 1024 * 1024))");
        assertThat(column(server, "SELECT LENGTH(body) FROM " + database + ".big"))
                .containsExactly("20971520");
        try (Connection connection = java.sql.DriverManager.getConnection(
                        "jdbc:mysql://" + server.host() + ":" + server.port() + "/?sslMode=REQUIRED",
                        server.user(),
                        server.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW STATUS LIKE 'Ssl_version'")) {
            rows.next();
            assertThat(rows.getString(2)).startsWith("TLSv1");
        }
    }

    @Test
    void twoServersHaveTheirOwnIdentityAndNoEmptyPassword() throws Exception {
        MySqlServer one = SharedServers.mysql();
        MySqlServer two = SharedServers.secondMysql();
        assertThat(column(one, "SELECT @@server_uuid")).isNotEqualTo(column(two, "SELECT @@server_uuid"));
        assertThat(column(one, "SELECT @@server_id")).isNotEqualTo(column(two, "SELECT @@server_id"));
        assertThat(one.password()).hasSizeGreaterThan(10).isNotEqualTo(two.password());
        assertThat(column(one, "SELECT user FROM mysql.user WHERE authentication_string = '' AND account_locked = 'N'"))
                .isEmpty();
    }

    static List<String> column(DatabaseServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
