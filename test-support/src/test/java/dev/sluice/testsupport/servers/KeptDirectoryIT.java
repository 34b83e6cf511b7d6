package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("extended")
class KeptDirectoryIT {
    @TempDir
    Path directory;

    @Test
    void aServerInAGivenDirectoryKeepsDataAndPasswordForTheNextStart() {
        ServerOptions options = ServerOptions.defaults().in(directory.resolve("mysql"));
        String password;
        try (MySqlServer server = MySqlServer.start(MySqlVersion.V8_0_15, options)) {
            password = server.password();
            server.execute("CREATE DATABASE shop");
        }
        try (MySqlServer server = MySqlServer.start(MySqlVersion.V8_0_15, options)) {
            assertThat(server.password()).isEqualTo(password);
            server.execute("CREATE TABLE shop.t (id INT PRIMARY KEY)");
        }
    }

    @Test
    void aBrokerInAGivenDirectoryKeepsItsQueues() throws Exception {
        ServerOptions options = ServerOptions.defaults().in(directory.resolve("a broker"));
        try (RabbitMqServer server = RabbitMqServer.start(options, Set.of());
                var connection = server.connect();
                var channel = connection.createChannel()) {
            channel.queueDeclare("kept", true, false, false, null);
        }
        try (RabbitMqServer server = RabbitMqServer.start(options, Set.of());
                var connection = server.connect();
                var channel = connection.createChannel()) {
            assertThat(channel.queueDeclarePassive("kept").getQueue()).isEqualTo("kept");
        }
    }
}
