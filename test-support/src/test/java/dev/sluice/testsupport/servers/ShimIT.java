package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShimIT {
    @Test
    void mysqlRunsOnAMachineWithoutLibaioAndLibnuma() throws Exception {
        System.setProperty("sluice.mysql.shim", "always");
        try (MySqlServer server = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults())) {
            String maps = Files.readString(Path.of("/proc/" + server.pid().getAsLong() + "/maps"));
            assertThat(maps).contains("shim/libaio.so.1", "shim/libnuma.so.1").doesNotContain("linux-gnu/libaio");
            String database = Databases.create(server);
            server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, body LONGBLOB)");
            server.execute("INSERT INTO " + database + ".t VALUES (1, REPEAT('x', 3000000))");
            server.kill9();
            server.restart();
            assertThat(MySqlServerIT.column(server, "SELECT LENGTH(body) FROM " + database + ".t"))
                    .containsExactly("3000000");
        } finally {
            System.clearProperty("sluice.mysql.shim");
        }
    }
}
