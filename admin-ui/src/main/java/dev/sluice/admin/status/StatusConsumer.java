package dev.sluice.admin.status;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.broker.Backoff;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.status.StatusCodec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hands every status that an instance reports to the {@link StatusBoard}, on a thread and a connection of its own. What
 * comes while it is away is not missed: the next reports say more.
 */
@Component
class StatusConsumer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(StatusConsumer.class);

    private final BrokerConnections connections;
    private final StatusBoard board;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Thread thread;
    private volatile @Nullable String problem = "not connected yet";

    StatusConsumer(BrokerConnections connections, StatusBoard board) {
        this.connections = connections;
        this.board = board;
    }

    /** Why nothing can be received now; null if it can. */
    @Nullable
    String problem() {
        return problem;
    }

    @Override
    public void start() {
        Thread started = new Thread(this::run, "status-consumer");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
        while (isRunning()) {
            try (Connection connection = connections.open("admin status")) {
                CountDownLatch lost = consume(connection);
                problem = null;
                backoff.succeeded();
                lost.await();
                problem = "connection lost";
            } catch (IOException | ShutdownSignalException e) {
                problem = e.getMessage();
                if (!sleep(backoff.next())) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private CountDownLatch consume(Connection connection) throws IOException {
        CountDownLatch lost = new CountDownLatch(1);
        connection.addShutdownListener(signal -> lost.countDown());
        Channel channel = connection.createChannel();
        Topology.statusExchange(channel);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, BrokerNames.STATUS_EXCHANGE, "");
        channel.basicConsume(queue, true, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                try {
                    board.accept(StatusCodec.decode(body), clock.instant());
                } catch (IllegalArgumentException e) {
                    log.warn("a status report cannot be read: {}", e.getMessage());
                }
            }

            @Override
            public void handleCancel(String tag) {
                lost.countDown();
            }

            @Override
            public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
                lost.countDown();
            }
        });
        return lost;
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
