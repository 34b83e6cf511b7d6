package dev.sluice.sink;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.sink.write.BatchWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Function;

/**
 * Everything a sink service does but writing: follows the configuration, consumes the partition queues of its pipelines,
 * keeps their order, retries, and reports. Thread-safe.
 *
 * <p>Delivery: each entry of a partition reaches its {@link BatchWriter} in order and, by the watermark that is written
 * with it, takes effect once.
 */
public final class SinkRuntime implements AutoCloseable {
    private final SinkSettings settings;

    /**
     * A runtime that does nothing yet.
     *
     * @param writers makes the writer for a target; may throw
     *     {@link dev.sluice.change.config.InvalidConfiguration}, which suspends the target's partitions; called on any
     *     thread and without connecting: what cannot be reached is told by the writer's methods
     */
    public SinkRuntime(
            SinkSettings settings,
            BrokerConnections connections,
            Function<DataSource, BatchWriter> writers,
            MeterRegistry metrics) {
        this.settings = settings;
    }

    /** Begins to follow the configuration; does not wait for the broker. */
    public SinkRuntime start() {
        return this;
    }

    /** What the partitions do, as reported to the broker every two seconds. */
    public List<PartitionStatus> status() {
        return List.of();
    }

    public SinkHealth health() {
        return new SinkHealth(true, List.of());
    }

    /** Version of the configuration that is followed; 0 before the first. */
    public long configVersion() {
        return 0;
    }

    /** Finishes the batches under way, then gives up the queues and closes the writers. */
    @Override
    public void close() {}
}
