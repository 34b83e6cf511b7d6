package dev.sluice.demo.check;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.StatusCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the lags that the instances report themselves, from commit at the source to commit at the target. */
public final class LagMeter implements AutoCloseable {
    private final Connection connection;
    private final Map<String, ServiceStatus> latest = new HashMap<>();

    public LagMeter(String brokerUri) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(brokerUri);
        connection = factory.newConnection("lag meter");
        Channel channel = connection.createChannel();
        channel.exchangeDeclare(BrokerNames.STATUS_EXCHANGE, "fanout", true);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, BrokerNames.STATUS_EXCHANGE, "");
        channel.basicConsume(queue, true, (tag, delivery) -> take(StatusCodec.decode(delivery.getBody())), tag -> {});
    }

    private synchronized void take(ServiceStatus status) {
        latest.put(status.instance(), status);
    }

    /** Counts so far of a service ({@code apply} or {@code redis-sink}), for {@link LagHistogram#percentile}. */
    public synchronized List<Long> counts(String service) {
        List<Long> all = List.of();
        for (ServiceStatus status : latest.values()) {
            if (status.service().equals(service)) {
                for (PartitionStatus partition : status.partitions()) {
                    all = LagHistogram.sum(all, partition.lag());
                }
            }
        }
        return all;
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
