package dev.sluice.sink;

import dev.sluice.sink.order.Partition;
import dev.sluice.sink.partition.PartitionProgress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/** The meters of a partition, as long as this instance consumes it. */
final class SinkMetrics implements AutoCloseable {
    private final MeterRegistry registry;
    private final List<Meter> meters;
    private final PartitionProgress progress;
    private final MultiGauge parked;

    SinkMetrics(MeterRegistry registry, Partition partition, PartitionProgress progress) {
        this.registry = registry;
        this.progress = progress;
        Tags tags = Tags.of("pipeline", partition.pipeline(), "partition", Integer.toString(partition.number()));
        parked = MultiGauge.builder("sluice.sink.parked")
                .description("rows of a table set aside; every instance tells the same number")
                .tags(tags)
                .register(registry);
        meters = List.of(
                FunctionCounter.builder("sluice.sink.rows", progress, PartitionProgress::rows)
                        .description("rows brought to the target")
                        .tags(tags)
                        .register(registry),
                FunctionCounter.builder("sluice.sink.duplicates", progress, PartitionProgress::duplicates)
                        .description("entries dropped because the target had them already")
                        .tags(tags)
                        .register(registry),
                FunctionCounter.builder("sluice.sink.gaps", progress, PartitionProgress::gaps)
                        .description("times entries were missing and had to come again")
                        .tags(tags)
                        .register(registry),
                FunctionCounter.builder("sluice.sink.missing", progress, PartitionProgress::missing)
                        .description("rows that an update or delete did not find at the target")
                        .tags(tags)
                        .register(registry),
                Gauge.builder("sluice.sink.suspended", progress, p -> p.suspended() ? 1 : 0)
                        .description("1 while a refused row suspends the partition")
                        .tags(tags)
                        .register(registry),
                Gauge.builder("sluice.sink.failing", progress, p -> p.error() == null ? 0 : 1)
                        .description("1 while the partition cannot go on")
                        .tags(tags)
                        .register(registry),
                Gauge.builder("sluice.sink.unacknowledged", progress, PartitionProgress::unacknowledged)
                        .description("messages that were delivered and not yet acknowledged")
                        .tags(tags)
                        .register(registry),
                Gauge.builder("sluice.sink.oldest.age.seconds", progress, PartitionProgress::oldestAgeSeconds)
                        .description("since the commit at the source of the oldest row that waits here; 0 if none")
                        .tags(tags)
                        .register(registry),
                lag(0.5, tags, progress),
                lag(0.99, tags, progress));
    }

    private Meter lag(double share, Tags tags, PartitionProgress progress) {
        return Gauge.builder("sluice.sink.lag.seconds", progress, p -> p.lagSeconds(share))
                .description("from commit at the source to commit at the target, over about a minute")
                .tags(tags.and("quantile", Double.toString(share)))
                .register(registry);
    }

    /** Makes the tables of the parked rows be those of now. */
    void refresh() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        progress.parked()
                .forEach((table, count) ->
                        rows.add(MultiGauge.Row.of(Tags.of("table", table.schema() + "." + table.name()), count)));
        parked.register(rows, true);
    }

    @Override
    public void close() {
        parked.register(List.of(), true);
        meters.forEach(registry::remove);
    }
}
