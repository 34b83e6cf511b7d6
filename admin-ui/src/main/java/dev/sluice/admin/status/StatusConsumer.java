package dev.sluice.admin.status;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.admin.background.BrokerThread;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.status.StatusCodec;
import java.io.IOException;
import java.time.Clock;
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

    private final StatusBoard board;
    private final Clock clock = Clock.systemUTC();
    private final BrokerThread thread;

    StatusConsumer(BrokerConnections connections, StatusBoard board) {
        thread = new BrokerThread("admin status", connections, this::consume);
        this.board = board;
    }

    /** Why nothing can be received now; null if it can. */
    @Nullable
    String problem() {
        return thread.problem();
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

    private void consume(Connection connection, Runnable works) throws IOException, InterruptedException {
        CountDownLatch lost = new CountDownLatch(1);
        connection.addShutdownListener(signal -> lost.countDown());
        Channel channel = connection.createChannel();
        Topology.statusExchange(channel);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, BrokerNames.STATUS_EXCHANGE, "");
        channel.basicConsume(
                queue,
                true,
                (tag, delivery) -> take(delivery.getBody()),
                tag -> lost.countDown(),
                (tag, signal) -> lost.countDown());
        works.run();
        lost.await();
    }

    private void take(byte[] body) {
        try {
            board.accept(StatusCodec.decode(body), clock.instant());
        } catch (IllegalArgumentException e) {
            log.warn("a status report cannot be read: {}", e.getMessage());
        }
    }
}
