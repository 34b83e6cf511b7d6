package dev.sluice.admin.configuration;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.admin.background.BrokerThread;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.ConfirmedPublisher;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.ConfigurationCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Brings the newest configuration into the stream {@code sluice.config}, on a thread of its own, again and again until
 * the broker confirms it, and once more after every reconnection, for the broker may have lost its data. Versions that
 * were overtaken while the broker was away are not published.
 */
@Component
public class ConfigurationPublisher implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ConfigurationPublisher.class);
    private static final Duration CONFIRM_WITHIN = Duration.ofSeconds(30);

    private final BrokerConnections connections;
    private final Configurations configurations;
    private final LostVersions lostVersions;
    private final Semaphore work = new Semaphore(0);
    private final BrokerThread thread;
    private volatile long published;

    ConfigurationPublisher(BrokerConnections connections, Configurations configurations, LostVersions lostVersions) {
        this.connections = connections;
        thread = new BrokerThread("admin configuration", connections, this::publish);
        this.configurations = configurations;
        this.lostVersions = lostVersions;
    }

    /** Version that the broker confirmed last since this process started; 0 if none. */
    public long published() {
        return published;
    }

    /** Why nothing can be published now; null if it can. */
    public @Nullable String problem() {
        return thread.problem();
    }

    @EventListener
    void activated(ConfigurationActivated event) {
        work.release();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isRunning();
    }

    private void publish(Connection connection, Runnable works) throws IOException, InterruptedException {
        declare(connection);
        lostVersions.takeBack(connection);
        try (ConfirmedPublisher publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0)) {
            follow(publisher, works);
        }
    }

    private static void declare(Connection connection) throws IOException {
        Channel channel = connection.createChannel();
        Topology.configStream(channel);
        Topology.statusExchange(channel);
        channel.abort();
    }

    private void follow(ConfirmedPublisher publisher, Runnable works) throws IOException, InterruptedException {
        boolean due = true;
        while (isRunning()) {
            if (due) {
                work.drainPermits();
                publishNewest(publisher);
            }
            works.run();
            due = work.tryAcquire(1, TimeUnit.SECONDS);
            publisher.check();
        }
    }

    /** Goes on until what was confirmed is still the newest, so that the stream's last record is. */
    private void publishNewest(ConfirmedPublisher publisher) throws IOException, InterruptedException {
        long confirmed = 0;
        ConfigurationVersion newest = configurations.current();
        while (newest.version() > confirmed) {
            AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                    .type("configuration")
                    .contentType("application/json")
                    .deliveryMode(2)
                    .build();
            publisher.publish(
                    "",
                    BrokerNames.CONFIG_STREAM,
                    properties,
                    ConfigurationCodec.encode(newest.document()),
                    newest.version());
            if (!publisher.awaitAllSeconds(CONFIRM_WITHIN.toSeconds())) {
                throw new IOException("the broker did not confirm a configuration within " + CONFIRM_WITHIN.toSeconds()
                        + " s" + (publisher.blocked() ? "; it is blocked by a memory or disk alarm" : ""));
            }
            confirmed = newest.version();
            published = confirmed;
            log.info("configuration version {} published to broker {}", confirmed, connections.address());
            newest = configurations.current();
        }
    }
}
