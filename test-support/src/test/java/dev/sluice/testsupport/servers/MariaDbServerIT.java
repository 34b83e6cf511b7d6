package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MariaDbServerIT {
    @Test
    void keepsCommittedRowsOverKill9AndLeavesNothingBehind() throws Exception {
        Traces traces;
        try (MariaDbServer server = MariaDbServer.start(MariaDbVersion.V10_11_5, ServerOptions.defaults())) {
            traces = Traces.of(server.pid());
            String database = Databases.create(server);
            server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY)");
            server.execute("INSERT INTO " + database + ".t VALUES (1), (2)");
            server.kill9();
            server.restart();
            assertThat(MySqlServerIT.column(server, "SELECT id FROM " + database + ".t ORDER BY id"))
                    .containsExactly("1", "2");
        }
        traces.assertGone();
    }

    @Test
    void isReadyToBeASource() throws Exception {
        MariaDbServer server = SharedServers.mariadb();
        assertThat(server.version()).startsWith("10.11.5");
        assertThat(MySqlServerIT.column(
                        server,
                        "SELECT CONCAT_WS(' ', @@log_bin, @@binlog_format, @@binlog_row_image, @@binlog_row_metadata,"
                                + " @@gtid_strict_mode, @@sync_binlog, @@time_zone, @@character_set_server)"))
                .containsExactly("ON ROW FULL FULL ON 1 +00:00 utf8mb4");
        assertThat(MySqlServerIT.column(
                        server,
                        "SELECT CONCAT(user, '@', host) FROM mysql.user WHERE user <> 'mariadb.sys' ORDER BY 1"))
                .containsExactly("root@localhost", "sluice@%");
    }

    @Test
    void twoVersionsRunSideBySide() throws Exception {
        try (MariaDbServer other = MariaDbServer.start(MariaDbVersion.V11_4_5, ServerOptions.defaults())) {
            assertThat(other.version()).startsWith("11.4.5");
            assertThat(SharedServers.mariadb().port()).isNotEqualTo(other.port());
        }
    }
}
