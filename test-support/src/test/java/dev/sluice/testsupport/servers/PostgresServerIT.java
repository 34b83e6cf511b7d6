package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresServerIT {
    @Test
    void keepsCommittedRowsOverARestartAndLeavesNothingBehind() throws Exception {
        Traces traces;
        try (PostgresServer server = PostgresServer.start(ServerOptions.defaults())) {
            traces = Traces.of(server.pid());
            assertThat(server.version()).startsWith("PostgreSQL 17");
            String schema = Databases.create(server);
            server.execute("CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)");
            server.execute("INSERT INTO " + schema + ".t VALUES (1), (2)");
            server.restart();
            assertThat(MySqlServerIT.column(server, "SELECT id FROM " + schema + ".t ORDER BY id"))
                    .containsExactly("1", "2");
        }
        traces.assertGone();
    }
}
