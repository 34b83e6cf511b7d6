package dev.sluice.admin.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import java.time.Instant;
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
            long behindMicros) {}

    /** A partition, as the instance says that works on it. */
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
            @Nullable String error) {
        static PartitionView of(Reported<PartitionStatus> reported) {
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
                    status.error());
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
