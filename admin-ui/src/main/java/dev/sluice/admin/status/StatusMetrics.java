package dev.sluice.admin.status;

import dev.sluice.admin.status.StatusView.PipelineStatusView;
import dev.sluice.admin.status.StatusView.ShownState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** The numbers of every pipeline as metrics; a pipeline that is deleted takes its metrics with it. */
@Component
class StatusMetrics {
    private static final double MICROS = 1e6;

    private final MultiGauge up;
    private final MultiGauge backlog;
    private final MultiGauge behind;
    private final MultiGauge lagP99;
    private final MultiGauge rows;

    StatusMetrics(MeterRegistry registry) {
        up = gauge(registry, "sluice.pipeline.running", "1 if the pipeline's state is RUNNING");
        backlog = gauge(registry, "sluice.pipeline.backlog", "entries captured and not yet at the target");
        behind = gauge(registry, "sluice.pipeline.behind.seconds", "how far the target is behind the source");
        lagP99 = gauge(registry, "sluice.pipeline.lag.p99.seconds", "commit to commit, 99 % of the last 30 s");
        rows = gauge(registry, "sluice.pipeline.rows.per.second", "rows brought to the target");
    }

    void show(StatusView status) {
        List<PipelineStatusView> pipelines = status.channels().stream()
                .flatMap(channel -> channel.pipelines().stream())
                .toList();
        show(up, pipelines, pipeline -> pipeline.state() == ShownState.RUNNING ? 1 : 0);
        show(backlog, pipelines, PipelineStatusView::backlog);
        show(behind, pipelines, pipeline -> pipeline.behindMicros() / MICROS);
        show(lagP99, pipelines, pipeline -> pipeline.lagP99Micros() / MICROS);
        show(rows, pipelines, PipelineStatusView::rowsPerSecond);
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
