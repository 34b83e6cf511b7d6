package dev.sluice.dispatch.intake;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.StatusCodec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private record Key(String instance, int partition) {}

    private final Channel channel;
    private final Map<Key, Report> reports = new ConcurrentHashMap<>();

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
                            reports.put(
                                    new Key(service.instance(), status.partition()),
                                    new Report(status, System.nanoTime()));
                        }
                    }
                } catch (IllegalArgumentException e) {
                    LOG.debug("pipeline {}: a status cannot be read: {}", pipeline, e.getMessage());
                }
            }
        });
    }

    /** What instances said of a partition. */
    public List<Report> of(int partition) {
        return reports.entrySet().stream()
                .filter(entry -> entry.getKey().partition() == partition)
                .map(Map.Entry::getValue)
                .toList();
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
