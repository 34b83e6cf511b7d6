package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

class MySql97IT {
    @Test
    void keepsCommittedRowsOverKill9AndLeavesNothingBehind() throws Exception {
        assumeThat(MySqlServer.isAvailable(MySqlVersion.V9_7)).isTrue();
        Traces traces;
        try (MySqlServer server = MySqlServer.start(
                MySqlVersion.V9_7, ServerOptions.defaults().with("--binlog-transaction-compression=ON"))) {
            traces = Traces.of(server.pid());
            assertThat(server.version()).startsWith("9.");
            String database = Databases.create(server);
            server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY)");
            server.execute("INSERT INTO " + database + ".t VALUES (1), (2)");
            server.kill9();
            server.restart();
            assertThat(MySqlServerIT.column(server, "SELECT id FROM " + database + ".t ORDER BY id"))
                    .containsExactly("1", "2");
            assertThat(MySqlServerIT.column(server, "SELECT @@binlog_transaction_compression"))
                    .containsExactly("1");
        }
        traces.assertGone();
    }
}
