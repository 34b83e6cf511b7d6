package dev.sluice.admin.parked;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.admin.background.BrokerThread;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.error.ErrorCodec;
import java.io.IOException;
import java.time.Clock;
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

    private final ParkedRepository repository;
    private final Clock clock = Clock.systemUTC();
    private final BrokerThread thread;

    ParkedConsumer(BrokerConnections connections, ParkedRepository repository) {
        thread = new BrokerThread("admin parked rows", connections, this::consume);
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

    private void consume(Connection connection, Runnable works) throws IOException, InterruptedException {
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
        works.run();
        lost.await();
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
