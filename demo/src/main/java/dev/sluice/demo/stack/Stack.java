package dev.sluice.demo.stack;

import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that runs: two MySQL servers, a broker, Redis and the services, each a process of its own. Closing it ends
 * them all.
 */
public final class Stack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final MySqlServer source;
    private final MySqlServer target;
    private final RabbitMqServer broker;
    private final RedisServer redis;
    private final Services services;

    private Stack(Path work, List<String> extraServices, ServerSettings settings, Consumer<String> says)
            throws IOException {
        try {
            // side by side: the first start downloads and unpacks each
            var sourceStart = CompletableFuture.supplyAsync(() -> Servers.source(settings.source(), says));
            var targetStart = CompletableFuture.supplyAsync(() -> Servers.target(settings.target(), says));
            var brokerStart = CompletableFuture.supplyAsync(() -> Servers.broker(settings.broker(), says));
            var redisStart = CompletableFuture.supplyAsync(() -> Servers.redis(settings.redis(), says));
            source = keep(sourceStart);
            target = keep(targetStart);
            broker = keep(brokerStart);
            redis = keep(redisStart);
            services = new Services(work, broker.amqpUri(), extraServices, says);
            running.push(services);
            services.start();
        } catch (RuntimeException | IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts all and waits until all are healthy.
     *
     * @param work folder for logs and the admin database
     * @param extraServices names of services to start a second instance of
     */
    public static Stack start(Path work, List<String> extraServices, Consumer<String> says) throws IOException {
        return start(work, extraServices, ServerSettings.NONE, says);
    }

    /** As above, with servers that have further settings. */
    public static Stack start(Path work, List<String> extraServices, ServerSettings settings, Consumer<String> says)
            throws IOException {
        return new Stack(work, extraServices, settings, says);
    }

    public MySqlServer source() {
        return source;
    }

    public MySqlServer target() {
        return target;
    }

    public RabbitMqServer broker() {
        return broker;
    }

    public RedisServer redis() {
        return redis;
    }

    public Services services() {
        return services;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("could not end a process: {}", e.getMessage());
            }
        }
    }

    private <T extends AutoCloseable> T keep(CompletableFuture<T> start) {
        T server = start.join();
        running.push(server);
        return server;
    }
}
