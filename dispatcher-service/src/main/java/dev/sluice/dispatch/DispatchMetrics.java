package dev.sluice.dispatch;

import dev.sluice.change.status.State;
import dev.sluice.dispatch.state.DispatchState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.scheduling.annotation.Scheduled;

/** Prometheus metrics of the pipelines; pipelines come and go, so the rows are renewed now and then. */
final class DispatchMetrics {
    private final Dispatcher dispatcher;
    private final List<Row> rows = new ArrayList<>();

    private record Row(MultiGauge gauge, ToDoubleFunction<DispatchWorker> value) {}

    DispatchMetrics(MeterRegistry registry, Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        gauge(
                registry,
                "sluice.dispatch.read",
                "entries read since this instance took over",
                worker -> worker.progress().read.sum());
        gauge(registry, "sluice.dispatch.dispatched", "entries sent to partition queues", worker -> worker.progress()
                .dispatched
                .sum());
        gauge(
                registry,
                "sluice.dispatch.filtered",
                "rows left out by mappings or their origin",
                worker -> worker.progress().filtered.sum());
        gauge(registry, "sluice.dispatch.ddl", "DDL statements passed over", worker -> worker.progress()
                .ddl
                .sum());
        gauge(registry, "sluice.dispatch.messages", "messages sent to partition queues", worker -> worker.progress()
                .messages
                .sum());
        gauge(registry, "sluice.dispatch.rewinds", "times a sink asked to go back", worker -> worker.progress()
                .rewinds
                .sum());
        gauge(registry, "sluice.dispatch.source.seq", "last entry dispatched, confirmed and noted", worker -> {
            DispatchState noted = worker.progress().noted();
            return noted == null ? 0 : noted.sourceSeq();
        });
        gauge(
                registry,
                "sluice.dispatch.lag.seconds",
                "age of the last dispatched entry while others wait; else 0",
                DispatchMetrics::lag);
        gauge(
                registry,
                "sluice.dispatch.running",
                "1 if this instance dispatches the pipeline",
                worker -> worker.state() == State.RUNNING ? 1 : 0);
    }

    /** Brings the rows in line with the pipelines there are. */
    @Scheduled(fixedDelay = 5_000)
    void renew() {
        List<DispatchWorker> workers = dispatcher.workers();
        for (Row row : rows) {
            row.gauge.register(
                    workers.stream()
                            .map(worker -> MultiGauge.Row.of(
                                    Tags.of("pipeline", worker.name()), worker, row.value::applyAsDouble))
                            .toList(),
                    true);
        }
    }

    private void gauge(MeterRegistry registry, String name, String help, ToDoubleFunction<DispatchWorker> value) {
        rows.add(new Row(MultiGauge.builder(name).description(help).register(registry), value));
    }

    private static double lag(DispatchWorker worker) {
        Progress progress = worker.progress();
        long commit = progress.commitMicros();
        if (commit == 0 || progress.atEnd()) {
            return 0;
        }
        return (ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - commit) / 1e6;
    }
}
