package dev.sluice.dispatch.publish;

import com.rabbitmq.client.Channel;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.DataSource;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** The queues of a pipeline, one for each partition. */
public record PartitionQueues(List<String> names) {
    /** The queues for a kind of target. */
    public static PartitionQueues of(String pipeline, DataSource.Kind target, int partitions) {
        return new PartitionQueues(IntStream.range(0, partitions)
                .mapToObj(n -> BrokerNames.partitionQueue(target, pipeline, n))
                .toList());
    }

    void declare(Channel channel) throws IOException {
        for (String name : names) {
            Topology.partitionQueue(channel, name);
        }
    }
}
