package dev.sluice.sink.intake;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.error.ErrorCodec;
import dev.sluice.change.error.RepairCommand;
import dev.sluice.sink.order.Partition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators ask of a partition's parked rows; looked up only while there are any. Not thread-safe. */
public final class RepairRequests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RepairRequests.class);

    /** A request; whoever has carried it out acknowledges it, otherwise it comes again. */
    public record Request(long tag, RepairCommand command) {}

    private final Channel channel;
    private final String queue;

    RepairRequests(Connection connection, Partition partition) throws IOException {
        Channel opened = connection.createChannel();
        if (opened == null) {
            throw new IOException("the broker allows no further channel on this connection");
        }
        channel = opened;
        queue = BrokerNames.repairRequests(partition.pipeline(), partition.number());
        Topology.repairRequests(channel, partition.pipeline(), partition.number());
    }

    /** The next request; null if there is none. */
    public @Nullable Request poll() throws IOException {
        try {
            for (GetResponse got = channel.basicGet(queue, false); got != null; got = channel.basicGet(queue, false)) {
                long tag = got.getEnvelope().getDeliveryTag();
                try {
                    return new Request(tag, ErrorCodec.command(got.getBody()));
                } catch (IllegalArgumentException e) {
                    LOG.error(
                            "{}: not a repair request: {} ({})",
                            queue,
                            new String(got.getBody(), StandardCharsets.UTF_8),
                            e.getMessage());
                    channel.basicAck(tag, false);
                }
            }
            return null;
        } catch (AlreadyClosedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Acknowledges a request. */
    public void done(Request request) throws IOException {
        try {
            channel.basicAck(request.tag(), false);
        } catch (AlreadyClosedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.abort();
        } catch (IOException | AlreadyClosedException e) {
            LOG.debug("channel already gone: {}", e.getMessage());
        }
    }
}
