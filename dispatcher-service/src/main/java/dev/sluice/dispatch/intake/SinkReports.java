package dev.sluice.dispatch.intake;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.StatusCodec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what the sinks report of a pipeline's partitions, every two seconds. A watermark in a report is never ahead of the
 * target, so what it says holds on after the instance is gone. Thread-safe.
 */
public final class SinkReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkReports.class);

    /** The last that an instance said of a partition, and when that came in nanoseconds. */
    public record Report(PartitionStatus status, long nanos) {}

    private final Channel channel;
    /** By partition and instance. */
    private final Map<Integer, Map<String, Report>> reports = new ConcurrentHashMap<>();

    private volatile @Nullable String lost;

    /** Begins to listen. */
    public SinkReports(Connection connection, String pipeline) throws IOException {
        channel = connection.createChannel();
        Topology.statusExchange(channel);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, BrokerNames.STATUS_EXCHANGE, "");
        channel.basicConsume(queue, true, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                try {
                    ServiceStatus service = StatusCodec.decode(body);
                    for (PartitionStatus status : service.partitions()) {
                        if (status.pipeline().equals(pipeline)) {
                            reports.computeIfAbsent(status.partition(), any -> new ConcurrentHashMap<>())
                                    .put(service.instance(), new Report(status, System.nanoTime()));
                        }
                    }
                } catch (IllegalArgumentException e) {
                    LOG.debug("pipeline {}: a status cannot be read: {}", pipeline, e.getMessage());
                }
            }

            @Override
            public void handleCancel(String tag) {
                lost = "the queue of sinks' reports is gone";
            }

            @Override
            public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
                lost = "the connection for sinks' reports is lost: " + signal.getMessage();
            }
        });
    }

    /**
     * What instances said of a partition.
     *
     * @throws IOException if nothing more can come
     */
    public List<Report> of(int partition) throws IOException {
        String why = lost;
        if (why != null) {
            throw new IOException(why);
        }
        return List.copyOf(reports.getOrDefault(partition, Map.of()).values());
    }

    @Override
    public void close() {
        try {
            channel.abort();
        } catch (IOException e) {
            LOG.debug("channel already gone: {}", e.getMessage());
        }
    }
}
