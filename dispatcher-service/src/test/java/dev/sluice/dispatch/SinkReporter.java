package dev.sluice.dispatch;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.StatusCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Says as a sink does, but more often, how far the partitions are. */
final class SinkReporter implements AutoCloseable {
    private final Channel channel;
    private final int partitions;
    private final IntFunction<PartitionStatus> report;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    SinkReporter(Connection connection, int partitions, IntFunction<PartitionStatus> report) throws IOException {
        this.partitions = partitions;
        this.report = report;
        channel = connection.createChannel();
        Topology.statusExchange(channel);
        timer.scheduleWithFixedDelay(this::send, 0, 200, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void send() {
        ServiceStatus status = new ServiceStatus(
                "apply",
                "sink",
                "1",
                Instant.now(),
                1,
                List.of(),
                List.of(),
                IntStream.range(0, partitions).mapToObj(report).toList());
        try {
            channel.basicPublish(BrokerNames.STATUS_EXCHANGE, "", null, StatusCodec.encode(status));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
