package dev.sluice.demo.stack;

import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.RedisServer;
import dev.sluice.testsupport.servers.ServerOptions;
import java.util.List;
import java.util.function.Consumer;

/** The servers with the settings that the demo wants: a durable source, a durable target, room for large rows. */
final class Servers {
    private Servers() {}

    static MySqlServer source(List<String> more, Consumer<String> says) {
        return MySqlServer.obtain("source", MySqlVersion.V8_0_15, with(more, says));
    }

    static MySqlServer target(List<String> more, Consumer<String> says) {
        return MySqlServer.obtain("target", MySqlVersion.V8_0_15, with(more, says));
    }

    static RabbitMqServer broker(List<String> more, Consumer<String> says) {
        return RabbitMqServer.obtain("rabbitmq", with(more, says).with("max_message_size = 134217728"));
    }

    static RedisServer redis(List<String> more, Consumer<String> says) {
        return RedisServer.obtain(
                "redis",
                with(List.of("appendonly yes", "appendfsync always"), says).with(more.toArray(String[]::new)));
    }

    private static ServerOptions with(List<String> settings, Consumer<String> says) {
        return ServerOptions.defaults().with(settings.toArray(String[]::new)).saying(says);
    }
}
