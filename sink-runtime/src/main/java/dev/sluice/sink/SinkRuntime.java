package dev.sluice.sink;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.ConfigWatcher;
import dev.sluice.broker.StatusPublisher;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.sink.intake.PartitionQueues;
import dev.sluice.sink.partition.PartitionProgress;
import dev.sluice.sink.partition.PartitionWorker;
import dev.sluice.sink.partition.TargetPartition;
import dev.sluice.sink.write.BatchWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything a sink service does but writing: follows the configuration, consumes the partition queues of its pipelines,
 * keeps their order, retries, and reports. Thread-safe.
 *
 * <p>Delivery: each entry of a partition reaches its {@link BatchWriter} in order and, by the watermark that is written
 * with it, takes effect once.
 */
public final class SinkRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkRuntime.class);

    private static final Duration UNUSABLE_AFTER = Duration.ofSeconds(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private record Running(PartitionWorker worker, SinkMetrics metrics) {}

    private final SinkSettings settings;
    private final MeterRegistry registry;
    private final PartitionQueues queues;
    private final TargetWriters writers;
    private final ConfigWatcher configuration;
    private final StatusPublisher reports;
    private final Map<TargetPartition, Running> running = new ConcurrentHashMap<>();
    private volatile Configuration document = Configuration.EMPTY;
    private volatile boolean closed;
    private volatile @Nullable Instant brokerLost;

    /**
     * A runtime that does nothing yet.
     *
     * @param writers makes the writer for a target, which may ask for the source of a pipeline; may throw
     *     {@link dev.sluice.change.config.InvalidConfiguration}, which suspends the target's partitions; called on any
     *     thread and without connecting: what cannot be reached is told by the writer's methods
     */
    public SinkRuntime(
            SinkSettings settings,
            BrokerConnections connections,
            BiFunction<DataSource, PipelineSources, BatchWriter> writers,
            MeterRegistry metrics) {
        this.settings = settings;
        this.registry = metrics;
        this.writers = new TargetWriters(target -> writers.apply(target, this::sourceOf));
        queues = new PartitionQueues(connections, settings.instance());
        configuration = new ConfigWatcher(connections, settings.instance(), this::follow);
        reports = new StatusPublisher(connections, settings.instance(), this::report);
    }

    /** Begins to follow the configuration; does not wait for the broker. */
    public SinkRuntime start() {
        configuration.start();
        reports.start();
        return this;
    }

    /** What the partitions do, as reported to the broker every two seconds. */
    public List<PartitionStatus> status() {
        return running.values().stream()
                .map(partition -> partition.worker.progress().status())
                .toList();
    }

    public SinkHealth health() {
        Instant limit = Instant.now().minus(UNUSABLE_AFTER);
        List<String> problems = new ArrayList<>();
        boolean up = true;
        String brokerProblem = configuration.problem();
        if (brokerProblem == null) {
            brokerLost = null;
        } else {
            Instant since = brokerLost == null ? Instant.now() : brokerLost;
            brokerLost = since;
            problems.add("configuration cannot be followed: " + brokerProblem);
            up = since.isAfter(limit);
        }
        for (Map.Entry<TargetPartition, Running> entry : running.entrySet()) {
            PartitionProgress progress = entry.getValue().worker.progress();
            String error = progress.error();
            Instant since = progress.unusableSince();
            if (error != null) {
                problems.add("partition " + entry.getKey().partition() + ": " + error);
                up &= since == null || since.isAfter(limit);
            }
            progress.parked()
                    .forEach((table, rows) -> problems.add("partition "
                            + entry.getKey().partition() + ": " + rows + " rows of " + table.schema() + "."
                            + table.name()
                            + " are parked; repair and replay them"));
        }
        return new SinkHealth(up, problems);
    }

    /** Version of the configuration that is followed; 0 before the first. */
    public long configVersion() {
        return configuration.version();
    }

    /** Finishes the batches under way, then gives up the queues and closes the writers. */
    @Override
    public void close() {
        closed = true;
        configuration.close();
        reports.close();
        reconcile(Set.of());
        queues.close();
        LOG.info("{} {} has stopped", settings.service(), settings.instance());
    }

    private Optional<DataSource> sourceOf(String pipeline) {
        Configuration now = document;
        return now.pipeline(pipeline).map(Pipeline::source).flatMap(now::dataSource);
    }

    private void follow(Configuration next) {
        document = next;
        if (!closed) {
            reconcile(Assignments.of(next, settings.kinds()));
        }
    }

    private synchronized void reconcile(Set<TargetPartition> assignments) {
        Set<TargetPartition> wanted = closed ? Set.of() : assignments;
        stop(running.keySet().stream()
                .filter(partition -> !wanted.contains(partition))
                .toList());
        Set<DataSource> targets = wanted.stream().map(TargetPartition::target).collect(Collectors.toSet());
        writers.retain(targets);
        for (TargetPartition partition : wanted) {
            running.computeIfAbsent(partition, this::run);
        }
        LOG.info("consuming {} partitions", running.size());
    }

    private Running run(TargetPartition partition) {
        PartitionWorker worker = new PartitionWorker(
                partition,
                queues,
                () -> writers.of(partition.target()),
                new PartitionWorker.Limits(settings.batchRows(), settings.batchBytes()),
                settings.gapPatience(),
                settings.badRowPause());
        return new Running(worker.start(), new SinkMetrics(registry, partition.partition(), worker.progress()));
    }

    private void stop(List<TargetPartition> partitions) {
        partitions.forEach(partition -> worker(partition).stop());
        Instant end = Instant.now().plus(STOP_PATIENCE);
        for (TargetPartition partition : partitions) {
            try {
                if (!worker(partition).awaitEnd(Duration.between(Instant.now(), end))) {
                    LOG.warn(
                            "partition {} does not stop in time; the target's watermark guards it",
                            partition.partition());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Running stopped = running.remove(partition);
            if (stopped != null) {
                stopped.metrics.close();
            }
        }
    }

    private PartitionWorker worker(TargetPartition partition) {
        return Objects.requireNonNull(running.get(partition)).worker;
    }

    private ServiceStatus report() {
        running.values().forEach(partition -> partition.metrics.refresh());
        return new ServiceStatus(
                settings.service(),
                settings.instance(),
                settings.version(),
                Instant.now(),
                configuration.version(),
                List.of(),
                List.of(),
                status());
    }
}
