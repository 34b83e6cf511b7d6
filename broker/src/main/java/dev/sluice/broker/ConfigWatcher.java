package dev.sluice.broker;

import com.rabbitmq.client.Connection;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.config.InvalidConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the configuration stream on a thread of its own and hands over each newer version, in order. A document that
 * cannot be read is logged and passed over: what runs goes on with the last good one.
 */
public final class ConfigWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatcher.class);

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration AT_END_AFTER = Duration.ofMillis(200);

    /** Whoever looks for the stream's end leaves a probe there, so the last chunk may hold no configuration. */
    private static final long LOOK_BACK = 50;

    private final BrokerConnections connections;
    private final Consumer<Configuration> onNewVersion;
    private final Thread thread;
    private volatile boolean closed;
    private volatile long version;
    private volatile @Nullable String problem = "not connected yet";

    public ConfigWatcher(BrokerConnections connections, String instance, Consumer<Configuration> onNewVersion) {
        this.connections = connections;
        this.onNewVersion = onNewVersion;
        thread = new Thread(() -> run(instance), "config-watcher");
        thread.setDaemon(true);
    }

    public ConfigWatcher start() {
        thread.start();
        return this;
    }

    /** Version last handed over; 0 before the first. */
    public long version() {
        return version;
    }

    /** Why the broker cannot be asked for configurations now; null if it can. */
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run(String instance) {
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
        while (!closed) {
            try (Connection connection = connections.open(instance + " configuration")) {
                Topology.configStream(connection.createChannel());
                LOG.info("connected to broker {}, following the configuration", connections.address());
                problem = null;
                backoff.succeeded();
                StreamStart start = StreamStart.LAST_CHUNK;
                while (!closed) {
                    try (StreamReader reader = new StreamReader(connection, BrokerNames.CONFIG_STREAM, start)) {
                        start = StreamStart.at(follow(reader) - LOOK_BACK);
                    }
                }
            } catch (IOException | com.rabbitmq.client.ShutdownSignalException e) {
                if (closed) {
                    return;
                }
                problem = e.getMessage();
                Duration pause = backoff.next();
                LOG.warn("{}; trying again in {} ms", e.getMessage(), pause.toMillis());
                if (!sleep(pause)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Returns only when closed, or with an offset before which to look: there is no configuration behind it yet. */
    private long follow(StreamReader reader) throws IOException, InterruptedException {
        // a chunk holds older versions too, and after a reconnection they come again: only the last of them counts
        Configuration latest = null;
        boolean atEnd = false;
        long firstOffset = 0;
        while (!closed) {
            StreamRecord record = reader.poll(atEnd ? POLL : AT_END_AFTER);
            if (record == null) {
                if (!atEnd && latest != null) {
                    handOver(latest);
                } else if (!atEnd && version == 0 && firstOffset > 0) {
                    return firstOffset;
                }
                atEnd = true;
                continue;
            }
            if (firstOffset == 0) {
                firstOffset = record.offset();
            }
            if (StreamTail.PROBE.equals(record.type())) {
                continue;
            }
            Configuration configuration;
            try {
                configuration = ConfigurationCodec.decode(record.body());
            } catch (InvalidConfiguration e) {
                LOG.error(
                        "configuration at offset {} is refused, the last good one stays: {}",
                        record.offset(),
                        e.getMessage());
                continue;
            }
            if (atEnd) {
                handOver(configuration);
            } else {
                latest = configuration;
            }
        }
        return 0;
    }

    private void handOver(Configuration configuration) {
        // a restored admin database may publish lower versions than before; the stream's order decides
        if (configuration.version() != version) {
            LOG.info("configuration version {}", configuration.version());
            try {
                onNewVersion.accept(configuration);
            } catch (RuntimeException e) {
                LOG.error("configuration version {} could not be taken up", configuration.version(), e);
            }
            version = configuration.version();
        }
    }

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
