package dev.sluice.admin.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.Replay;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that runs, at one moment.
 *
 * @param configVersion the newest in the database
 */
record StatusView(
        long configVersion,
        Instant time,
        BrokerView broker,
        List<ChannelStatusView> channels,
        List<SourceView> sources,
        List<InstanceView> instances) {
    /** What is shown as a state: a service's own word, or UNKNOWN if none that is alive says one. */
    enum ShownState {
        RUNNING,
        PAUSED,
        STOPPED,
        STARTING,
        RETRYING,
        SUSPENDED,
        FAILED,
        STANDBY,
        UNKNOWN;

        static ShownState of(State state) {
            return valueOf(state.name());
        }
    }

    /**
     * Whether this service can talk to RabbitMQ.
     *
     * @param publishedVersion configuration version that the broker confirmed last; 0 if none since the start
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BrokerView(boolean connected, @Nullable String error, long publishedVersion) {}

    record ChannelStatusView(String name, List<PipelineStatusView> pipelines) {}

    /**
     * One direction.
     *
     * @param inSync nothing waits, or what waits is only seconds old
     * @param captured last entry of the source log
     * @param dispatched last entry of the source log that the dispatcher has sent on
     * @param backlog entries that are in the source log and not yet at the target
     * @param rowsPerSecond rows brought to the target, over about ten seconds
     * @param lagP50Micros from commit at the source to commit at the target, over about 30 seconds; 0 without rows
     * @param behindMicros how far the target is behind the source now, as an estimate
     * @param stall the stage that stands although something waits before it; null if none does
     * @param desiredInstances for each service, as a fraction: how many the pipeline's work asks for
     * @param parked rows set aside that are not at the target
     * @param replay the last wish to send a stretch of the source log again; {@code dispatch.replay} says what became of it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PipelineStatusView(
            String name,
            String source,
            String target,
            Pipeline.DesiredState desired,
            ShownState state,
            @Nullable String error,
            boolean inSync,
            @Nullable CaptureStatus capture,
            @Nullable DispatchStatus dispatch,
            List<PartitionView> partitions,
            long captured,
            long dispatched,
            long backlog,
            double rowsPerSecond,
            long lagP50Micros,
            long lagP99Micros,
            long behindMicros,
            @Nullable Stall stall,
            List<Desired> desiredInstances,
            long parked,
            @Nullable Replay replay) {}

    /**
     * The source moves, the target does not.
     *
     * @param stage {@code capture}, {@code dispatcher} or {@code apply}
     * @param since when it last moved
     */
    record Stall(String stage, Instant since, String reason) {}

    /** A share of a service's instances. */
    record Desired(String service, double share) {}

    /**
     * A partition, as the instance says that works on it.
     *
     * @param backlog entries sent to it and not yet at the target
     * @param unacked messages that its sink was given and has not acknowledged
     * @param oldestAgeMicros since the commit at the source of the oldest row that its sink was given; 0 if none waits
     * @param lagP50Micros from commit at the source to commit at the target, over about 30 seconds; 0 without rows
     * @param statement entry of the statement that it stands before
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PartitionView(
            String pipeline,
            int partition,
            String instance,
            ShownState state,
            long epoch,
            long seq,
            long rows,
            long duplicates,
            long gaps,
            long missing,
            long commitMicros,
            long backlog,
            long unacked,
            long oldestAgeMicros,
            long lagP50Micros,
            long lagP99Micros,
            @Nullable String error,
            long parked,
            @Nullable List<String> parkedTables,
            @Nullable Long statement) {
        static PartitionView of(Reported<PartitionStatus> reported, long backlog, List<Long> lags, Instant now) {
            PartitionStatus status = reported.status();
            return new PartitionView(
                    status.pipeline(),
                    status.partition(),
                    reported.instance(),
                    reported.alive() ? ShownState.of(status.state()) : ShownState.UNKNOWN,
                    reported.epoch(),
                    reported.seq(),
                    status.rows(),
                    status.duplicates(),
                    status.gaps(),
                    status.missing(),
                    status.commitMicros(),
                    backlog,
                    status.unacked(),
                    status.oldestMicros() == 0
                            ? 0
                            : Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, now) - status.oldestMicros()),
                    LagHistogram.percentile(lags, 0.5),
                    LagHistogram.percentile(lags, 0.99),
                    status.error(),
                    status.parked(),
                    status.parkedTables(),
                    status.statement());
        }
    }

    /**
     * A source and its capture.
     *
     * @param instance that captures it; null if none does
     * @param behindMicros how far the source log is behind the source, as an estimate
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SourceView(
            String name,
            ShownState state,
            @Nullable String error,
            @Nullable String instance,
            long seq,
            double rowsPerSecond,
            @Nullable String file,
            long offset,
            @Nullable String gtid,
            long commitMicros,
            long behindMicros) {}

    record InstanceView(
            String service, String instance, String version, long configVersion, Instant lastSeen, boolean alive) {}
}
