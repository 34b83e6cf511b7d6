package dev.sluice.admin.status;

import dev.sluice.admin.status.StatusView.Desired;
import dev.sluice.admin.status.StatusView.PartitionView;
import dev.sluice.admin.status.StatusView.PipelineStatusView;
import dev.sluice.admin.status.StatusView.ShownState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** The numbers of every pipeline as metrics; a pipeline that is deleted takes its metrics with it. */
@Component
class StatusMetrics {
    private static final double MICROS = 1e6;
    private static final List<String> STAGES = List.of("capture", "dispatcher", "apply");

    private final MultiGauge up;
    private final MultiGauge backlog;
    private final MultiGauge behind;
    private final MultiGauge lagP99;
    private final MultiGauge lagP50;
    private final MultiGauge rows;
    private final MultiGauge stalled;
    private final MultiGauge desired;
    private final MultiGauge desiredOfService;
    private final MultiGauge partitionBacklog;
    private final MultiGauge partitionOldest;
    private final MultiGauge partitionLag;
    private final MultiGauge parked;
    private final MultiGauge suspended;

    StatusMetrics(MeterRegistry registry) {
        up = gauge(registry, "sluice.pipeline.running", "1 if the pipeline's state is RUNNING");
        backlog = gauge(registry, "sluice.pipeline.backlog", "entries captured and not yet at the target");
        behind = gauge(registry, "sluice.pipeline.behind.seconds", "how far the target is behind the source");
        lagP50 = gauge(registry, "sluice.pipeline.lag.p50.seconds", "commit to commit, half of the last 30 s");
        lagP99 = gauge(registry, "sluice.pipeline.lag.p99.seconds", "commit to commit, 99 % of the last 30 s");
        rows = gauge(registry, "sluice.pipeline.rows.per.second", "rows brought to the target");
        stalled = gauge(registry, "sluice.pipeline.stalled", "1 while the source moves and this stage does not");
        desired = gauge(registry, "sluice.desired.instances", "instances that the pipeline's work asks for");
        desiredOfService = gauge(
                registry, "sluice.service.desired.instances", "instances that the work of all pipelines asks for");
        partitionBacklog = gauge(registry, "sluice.partition.backlog", "entries sent to it and not yet at the target");
        partitionOldest =
                gauge(registry, "sluice.partition.oldest.age.seconds", "since the commit of the oldest row that waits");
        partitionLag = gauge(registry, "sluice.partition.lag.seconds", "commit to commit, over about 30 s");
        parked = gauge(registry, "sluice.pipeline.parked", "rows set aside that are not at the target");
        suspended = gauge(registry, "sluice.pipeline.suspended", "1 if a refused row suspends the pipeline");
    }

    void show(StatusView status) {
        List<PipelineStatusView> pipelines = status.channels().stream()
                .flatMap(channel -> channel.pipelines().stream())
                .toList();
        show(up, pipelines, pipeline -> pipeline.state() == ShownState.RUNNING ? 1 : 0);
        show(backlog, pipelines, PipelineStatusView::backlog);
        show(behind, pipelines, pipeline -> pipeline.behindMicros() / MICROS);
        show(lagP99, pipelines, pipeline -> pipeline.lagP99Micros() / MICROS);
        show(lagP50, pipelines, pipeline -> pipeline.lagP50Micros() / MICROS);
        show(rows, pipelines, PipelineStatusView::rowsPerSecond);
        showStages(pipelines);
        showDesired(pipelines);
        showPartitions(pipelines);
        show(parked, pipelines, PipelineStatusView::parked);
        show(suspended, pipelines, pipeline -> pipeline.state() == ShownState.SUSPENDED ? 1 : 0);
    }

    private void showStages(List<PipelineStatusView> pipelines) {
        stalled.register(
                pipelines.stream()
                        .flatMap(pipeline -> STAGES.stream()
                                .<MultiGauge.Row<?>>map(stage -> MultiGauge.Row.of(
                                        Tags.of("pipeline", pipeline.name(), "stage", stage),
                                        pipeline.stall() != null
                                                        && stage.equals(
                                                                pipeline.stall().stage())
                                                ? 1
                                                : 0)))
                        .toList(),
                true);
    }

    private void showDesired(List<PipelineStatusView> pipelines) {
        Map<String, Double> services = new TreeMap<>();
        List<MultiGauge.Row<?>> each = new ArrayList<>();
        for (PipelineStatusView pipeline : pipelines) {
            for (Desired wanted : pipeline.desiredInstances()) {
                services.merge(wanted.service(), wanted.share(), Double::sum);
                each.add(MultiGauge.Row.of(
                        Tags.of("service", wanted.service(), "pipeline", pipeline.name()),
                        DesiredInstances.whole(wanted.share())));
            }
        }
        desired.register(each, true);
        desiredOfService.register(
                services.entrySet().stream()
                        .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(
                                Tags.of("service", entry.getKey()), DesiredInstances.whole(entry.getValue())))
                        .toList(),
                true);
    }

    private void showPartitions(List<PipelineStatusView> pipelines) {
        List<MultiGauge.Row<?>> backlogs = new ArrayList<>();
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        List<MultiGauge.Row<?>> lags = new ArrayList<>();
        for (PipelineStatusView pipeline : pipelines) {
            for (PartitionView partition : pipeline.partitions()) {
                Tags tags = Tags.of("pipeline", pipeline.name(), "partition", String.valueOf(partition.partition()));
                backlogs.add(MultiGauge.Row.of(tags, partition.backlog()));
                ages.add(MultiGauge.Row.of(tags, partition.oldestAgeMicros() / MICROS));
                lags.add(MultiGauge.Row.of(tags.and("quantile", "0.5"), partition.lagP50Micros() / MICROS));
                lags.add(MultiGauge.Row.of(tags.and("quantile", "0.99"), partition.lagP99Micros() / MICROS));
            }
        }
        partitionBacklog.register(backlogs, true);
        partitionOldest.register(ages, true);
        partitionLag.register(lags, true);
    }

    private static void show(
            MultiGauge gauge, List<PipelineStatusView> pipelines, ToDoubleFunction<PipelineStatusView> value) {
        gauge.register(
                pipelines.stream()
                        .<MultiGauge.Row<?>>map(pipeline ->
                                MultiGauge.Row.of(Tags.of("pipeline", pipeline.name()), value.applyAsDouble(pipeline)))
                        .toList(),
                true);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
