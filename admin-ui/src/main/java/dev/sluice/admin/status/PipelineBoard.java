package dev.sluice.admin.status;

import dev.sluice.admin.status.StatusView.Desired;
import dev.sluice.admin.status.StatusView.PartitionView;
import dev.sluice.admin.status.StatusView.PipelineStatusView;
import dev.sluice.admin.status.StatusView.SourceView;
import dev.sluice.admin.status.StatusView.Stall;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes of the reports on a pipeline what is shown of it. Thread-safe. */
final class PipelineBoard {
    private static final Duration LAG_WINDOW = Duration.ofSeconds(30);
    /** Reports of different instances are seconds apart, so under load something always seems to wait. */
    private static final Duration AS_GOOD_AS_NONE = Duration.ofSeconds(5);

    private final Fleet fleet;
    private final Map<String, PipelineMemory> memories = new HashMap<>();

    PipelineBoard(Fleet fleet) {
        this.fleet = fleet;
    }

    synchronized PipelineStatusView view(Pipeline pipeline, DataSource.Kind target, SourceView source, Instant now) {
        Optional<Reported<CaptureStatus>> capture = fleet.capture(pipeline.source(), now);
        Optional<Reported<DispatchStatus>> dispatch = fleet.dispatch(pipeline.name(), now);
        PipelineMemory memory = memories.computeIfAbsent(pipeline.name(), name -> new PipelineMemory());
        int sentTo =
                dispatch.map(found -> found.status().partitionSeqs().size()).orElse(0);
        List<Reported<PartitionStatus>> partitions = IntStream.range(0, Math.max(pipeline.partitions(), sentTo))
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
        long behind = Math.max(source.behindMicros(), behind(memory, backlog, partitions, now));
        Map<Integer, List<Long>> lags = fleet.lags(pipeline.name(), LAG_WINDOW, now);
        List<Long> allLags = lags.values().stream().reduce(List.of(), LagHistogram::sum);
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
                partitions.stream()
                        .map(partition -> PartitionView.of(
                                partition,
                                dispatch.map(found -> Backlog.of(found.status(), partition))
                                        .orElse(0L),
                                lags.getOrDefault(partition.status().partition(), List.of()),
                                now))
                        .toList(),
                captured,
                dispatched,
                backlog,
                fleet.rowsPerSecond(pipeline.name(), now),
                LagHistogram.percentile(allLags, 0.5),
                LagHistogram.percentile(allLags, 0.99),
                behind,
                stall(pipeline, memory, capture, captured, dispatched, dispatch, partitions, now),
                desired(
                        pipeline.name(),
                        memory,
                        sink,
                        source.rowsPerSecond(),
                        captured - dispatched,
                        dispatch,
                        partitions,
                        now),
                partitions.stream()
                        .mapToLong(partition -> partition.status().parked())
                        .sum(),
                pipeline.replay());
    }

    private static @Nullable Stall stall(
            Pipeline pipeline,
            PipelineMemory memory,
            Optional<Reported<CaptureStatus>> capture,
            long captured,
            long dispatched,
            Optional<Reported<DispatchStatus>> dispatch,
            List<Reported<PartitionStatus>> partitions,
            Instant now) {
        // one that is paused or stopped stands because somebody wants it to; its patience begins anew afterwards
        if (pipeline.state() != Pipeline.DesiredState.RUNNING) {
            memory.stalls = new StallWatch();
            return null;
        }
        return memory.stalls
                .look(capture, captured, dispatched, dispatch, partitions, now)
                .orElse(null);
    }

    private List<Desired> desired(
            String pipeline,
            PipelineMemory memory,
            String sink,
            double captured,
            long inLog,
            Optional<Reported<DispatchStatus>> dispatch,
            List<Reported<PartitionStatus>> partitions,
            Instant now) {
        double read = fleet.dispatchedPerSecond(pipeline, DispatchStatus::read, now);
        double arriving = fleet.dispatchedPerSecond(pipeline, DispatchStatus::dispatched, now);
        long inQueues = partitions.stream()
                .mapToLong(partition -> dispatch.map(found -> Backlog.of(found.status(), partition))
                        .orElse(0L))
                .sum();
        int working = (int) partitions.stream()
                .filter(partition -> partition.alive() && partition.state() == State.RUNNING)
                .map(Reported::instance)
                .distinct()
                .count();
        return List.of(
                new Desired("dispatcher", memory.dispatchers.look(captured, Math.max(0, inLog), read, 1, 1, now)),
                new Desired(
                        sink,
                        memory.sinks.look(
                                arriving,
                                inQueues,
                                fleet.rowsPerSecond(pipeline, now),
                                working,
                                dispatch.map(found ->
                                                found.status().partitionSeqs().size())
                                        .orElse(1),
                                now)));
    }

    /** Age of the oldest waiting entry at most: not longer than there has been a backlog. */
    private static long behind(
            PipelineMemory memory, long backlog, List<Reported<PartitionStatus>> partitions, Instant now) {
        if (backlog == 0) {
            memory.lastWithoutBacklog = now;
            return 0;
        }
        Instant since = Objects.requireNonNullElse(memory.lastWithoutBacklog, now);
        memory.lastWithoutBacklog = since;
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
