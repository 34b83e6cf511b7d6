package dev.sluice.admin.status;

import dev.sluice.admin.status.StatusView.PartitionView;
import dev.sluice.admin.status.StatusView.PipelineStatusView;
import dev.sluice.admin.status.StatusView.SourceView;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.change.status.PartitionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Makes of the reports on a pipeline what is shown of it. Thread-safe. */
final class PipelineBoard {
    private static final Duration LAG_WINDOW = Duration.ofSeconds(30);
    /** Reports of different instances are seconds apart, so under load something always seems to wait. */
    private static final Duration AS_GOOD_AS_NONE = Duration.ofSeconds(5);

    private final Fleet fleet;
    private final Map<String, Instant> lastWithoutBacklog = new ConcurrentHashMap<>();

    PipelineBoard(Fleet fleet) {
        this.fleet = fleet;
    }

    PipelineStatusView view(Pipeline pipeline, DataSource.Kind target, SourceView source, Instant now) {
        Optional<Reported<CaptureStatus>> capture = fleet.capture(pipeline.source(), now);
        Optional<Reported<DispatchStatus>> dispatch = fleet.dispatch(pipeline.name(), now);
        List<Reported<PartitionStatus>> partitions = IntStream.range(0, pipeline.partitions())
                .mapToObj(partition -> fleet.partition(pipeline.name(), partition, now))
                .flatMap(Optional::stream)
                .toList();
        String sink = target == DataSource.Kind.REDIS ? "redis-sink" : "apply";
        PipelineState state =
                PipelineState.of(pipeline, capture, dispatch, partitions, sink, fleet.hasAlive(sink, now));
        long captured = capture.map(Reported::seq).orElse(0L);
        long dispatched = dispatch.map(Reported::seq).orElse(0L);
        long backlog = dispatch.map(found -> Backlog.of(captured, found.status(), partitions))
                .orElse(captured);
        long behind = Math.max(source.behindMicros(), behind(pipeline.name(), backlog, partitions, now));
        List<Long> lags = fleet.lags(pipeline.name(), LAG_WINDOW, now);
        boolean inSync = state.shown() == StatusView.ShownState.RUNNING && behind * 1000 < AS_GOOD_AS_NONE.toNanos();
        return new PipelineStatusView(
                pipeline.name(),
                pipeline.source(),
                pipeline.target(),
                pipeline.state(),
                state.shown(),
                state.error(),
                inSync,
                capture.map(Reported::status).orElse(null),
                dispatch.map(Reported::status).orElse(null),
                partitions.stream().map(PartitionView::of).toList(),
                captured,
                dispatched,
                backlog,
                fleet.rowsPerSecond(pipeline.name(), now),
                LagHistogram.percentile(lags, 0.5),
                LagHistogram.percentile(lags, 0.99),
                behind);
    }

    /** Age of the oldest waiting entry at most: not longer than there has been a backlog. */
    private long behind(String pipeline, long backlog, List<Reported<PartitionStatus>> partitions, Instant now) {
        if (backlog == 0) {
            lastWithoutBacklog.put(pipeline, now);
            return 0;
        }
        Instant since = lastWithoutBacklog.computeIfAbsent(pipeline, name -> now);
        long waiting = ChronoUnit.MICROS.between(since, now);
        long oldest = partitions.stream()
                .mapToLong(partition -> partition.status().commitMicros())
                .filter(commit -> commit > 0)
                .min()
                .orElse(0);
        long age = ChronoUnit.MICROS.between(Instant.EPOCH, now) - oldest;
        return oldest == 0 ? waiting : Math.min(waiting, Math.max(0, age));
    }
}
