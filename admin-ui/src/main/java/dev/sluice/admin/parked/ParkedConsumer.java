package dev.sluice.admin.parked;

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
import dev.sluice.change.error.ErrorCodec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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
    private volatile @Nullable Thread thread;

    ParkedConsumer(BrokerConnections connections, ParkedRepository repository) {
        this.connections = connections;
        this.repository = repository;
    }

    @Override
    public void start() {
        Thread started = new Thread(this::run, "parked-consumer");
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
            try (Connection connection = connections.open("admin parked rows")) {
                CountDownLatch lost = consume(connection);
                backoff.succeeded();
                lost.await();
            } catch (IOException | ShutdownSignalException e) {
                log.debug("reports of parked rows cannot be received: {}", e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
            if (!isRunning() || !sleep(backoff.next())) {
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
        channel.basicConsume(BrokerNames.ERRORS_QUEUE, false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                    throws IOException {
                if (save(body)) {
                    channel.basicAck(envelope.getDeliveryTag(), false);
                } else {
                    // all that is unacknowledged comes again
                    lost.countDown();
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

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
