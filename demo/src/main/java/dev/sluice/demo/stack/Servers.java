package dev.sluice.demo.stack;

import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.RedisServer;
import dev.sluice.testsupport.servers.ServerOptions;
import java.util.function.Consumer;

/** The servers with the settings that the demo wants: a durable source, a durable target, room for large rows. */
final class Servers {
    private Servers() {}

    static MySqlServer source(Consumer<String> says) {
        return MySqlServer.obtain(
                "source", MySqlVersion.V8_0_15, ServerOptions.defaults().saying(says));
    }

    static MySqlServer target(Consumer<String> says) {
        return MySqlServer.obtain(
                "target", MySqlVersion.V8_0_15, ServerOptions.defaults().saying(says));
    }

    static RabbitMqServer broker(Consumer<String> says) {
        return RabbitMqServer.obtain(
                "rabbitmq",
                ServerOptions.defaults().with("max_message_size = 134217728").saying(says));
    }

    static RedisServer redis(Consumer<String> says) {
        return RedisServer.obtain(
                "redis",
                ServerOptions.defaults()
                        .with("appendonly yes", "appendfsync always")
                        .saying(says));
    }
}
