package dev.sluice.admin.parked;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.admin.background.BackgroundThread;
import dev.sluice.broker.Backoff;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.error.ErrorCodec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Puts what sinks report of parked rows into the database, on a thread and a connection of its own. A report is
 * acknowledged once it is there; what comes while this service is away waits in the queue.
 */
@Component
class ParkedConsumer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ParkedConsumer.class);

    private static final int UNACKNOWLEDGED = 100;

    private final BrokerConnections connections;
    private final ParkedRepository repository;
    private final Clock clock = Clock.systemUTC();
    private final BackgroundThread thread = new BackgroundThread("parked-consumer", this::run);

    ParkedConsumer(BrokerConnections connections, ParkedRepository repository) {
        this.connections = connections;
        this.repository = repository;
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

    private void run() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
        while (isRunning()) {
            try (Connection connection = connections.open("admin parked rows")) {
                CountDownLatch lost = consume(connection);
                backoff.succeeded();
                lost.await();
            } catch (IOException | ShutdownSignalException e) {
                log.debug("reports of parked rows cannot be received: {}", e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
            if (!isRunning() || !BackgroundThread.sleep(backoff.next())) {
                return;
            }
        }
    }

    private CountDownLatch consume(Connection connection) throws IOException {
        CountDownLatch lost = new CountDownLatch(1);
        connection.addShutdownListener(signal -> lost.countDown());
        Channel channel = connection.createChannel();
        Topology.errorsQueue(channel);
        channel.basicQos(UNACKNOWLEDGED);
        channel.basicConsume(
                BrokerNames.ERRORS_QUEUE,
                false,
                (tag, delivery) -> {
                    if (save(delivery.getBody())) {
                        channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
                    } else {
                        // all that is unacknowledged comes again
                        lost.countDown();
                    }
                },
                tag -> lost.countDown(),
                (tag, signal) -> lost.countDown());
        return lost;
    }

    /** False if the database does not take it now. */
    private boolean save(byte[] body) {
        try {
            repository.save(ErrorCodec.entry(body), clock.instant());
            return true;
        } catch (IllegalArgumentException e) {
            log.error("a report of a parked row cannot be read and is dropped: {}", e.getMessage());
            return true;
        } catch (DataAccessException e) {
            log.error("a report of a parked row cannot be stored, trying again: {}", e.getMessage());
            return false;
        }
    }
}
