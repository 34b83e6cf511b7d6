package dev.sluice.capture.publish;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.Snapshot;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the messages that wait in the partition queues of pipelines; a queue that is not there holds none. */
public final class QueueBacklog implements ToLongFunction<Snapshot> {
    private static final Logger LOG = LoggerFactory.getLogger(QueueBacklog.class);

    private final Connection connection;
    private final Supplier<Configuration> configuration;

    public QueueBacklog(Connection connection, Supplier<Configuration> configuration) {
        this.connection = connection;
        this.configuration = configuration;
    }

    /** The longest backlog of the snapshot's pipelines. */
    @Override
    public long applyAsLong(Snapshot snapshot) {
        Configuration now = configuration.get();
        return snapshot.pipelines().stream()
                .flatMap(name -> now.pipeline(name).stream())
                .mapToLong(pipeline -> waiting(pipeline, now))
                .max()
                .orElse(0);
    }

    private long waiting(Pipeline pipeline, Configuration now) {
        Optional<DataSource> target = now.dataSource(pipeline.target());
        if (target.isEmpty()) {
            return 0;
        }
        long sum = 0;
        try (Channel channel = connection.createChannel()) {
            for (int n = 0; n < pipeline.partitionQueues(); n++) {
                sum += channel.messageCount(
                        BrokerNames.partitionQueue(target.get().kind(), pipeline.name(), n));
            }
        } catch (IOException | AlreadyClosedException | TimeoutException e) {
            // the broker closes the channel over a queue that is not there yet; a lost connection shows elsewhere
            LOG.debug("pipeline {}: queues cannot be counted: {}", pipeline.name(), e.getMessage());
        }
        return sum;
    }
}
