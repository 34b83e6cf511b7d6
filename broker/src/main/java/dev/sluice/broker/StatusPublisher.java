package dev.sluice.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.StatusCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends an instance's status every two seconds; a status that cannot be sent is dropped, the next one says more. */
public final class StatusPublisher implements AutoCloseable {
    public static final Duration PERIOD = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);

    private final BrokerConnections connections;
    private final String instance;
    private final Supplier<ServiceStatus> status;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "status-publisher");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Connection connection;
    private @Nullable Channel channel;

    public StatusPublisher(BrokerConnections connections, String instance, Supplier<ServiceStatus> status) {
        this.connections = connections;
        this.instance = instance;
        this.status = status;
    }

    public StatusPublisher start() {
        timer.scheduleWithFixedDelay(this::send, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (connection != null) {
            connection.abort(1_000);
        }
    }

    private void send() {
        try {
            open().basicPublish(
                            BrokerNames.STATUS_EXCHANGE,
                            "",
                            new AMQP.BasicProperties.Builder().type("status").build(),
                            StatusCodec.encode(status.get()));
        } catch (IOException | AlreadyClosedException e) {
            LOG.debug("status not sent: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("status could not be made", e);
        }
    }

    private Channel open() throws IOException {
        if (channel != null && channel.isOpen()) {
            return channel;
        }
        if (connection != null) {
            connection.abort(1_000);
        }
        connection = connections.open(instance + " status");
        channel = connection.createChannel();
        Topology.statusExchange(channel);
        return channel;
    }
}
