package dev.sluice.admin.status;

import dev.sluice.admin.status.StatusView.ShownState;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One word for a pipeline, from the words of its stages: the worst of them, with the reason. */
record PipelineState(ShownState shown, @Nullable String error) {
    private static final List<State> WORST_FIRST =
            List.of(State.FAILED, State.SUSPENDED, State.RETRYING, State.STARTING, State.PAUSED, State.STOPPED);

    static PipelineState of(
            Pipeline pipeline,
            Optional<Reported<CaptureStatus>> capture,
            Optional<Reported<DispatchStatus>> dispatch,
            List<Reported<PartitionStatus>> partitions,
            String sink,
            boolean sinkAlive) {
        List<Stage> stages = new ArrayList<>();
        capture.filter(Reported::alive)
                .ifPresent(found -> stages.add(new Stage(
                        "capture of " + pipeline.source(),
                        found.state(),
                        found.status().error())));
        dispatch.filter(Reported::alive)
                .ifPresent(found -> stages.add(
                        new Stage("dispatcher", found.state(), found.status().error())));
        partitions.stream()
                .filter(Reported::alive)
                .forEach(found -> stages.add(new Stage(
                        "partition " + found.status().partition(),
                        found.state(),
                        found.status().error())));
        boolean captured = capture.filter(Reported::alive).isPresent();
        boolean dispatched = dispatch.filter(Reported::alive).isPresent();
        return switch (pipeline.state()) {
            case STOPPED ->
                stopped(stages.stream()
                        .filter(stage -> !stage.name().startsWith("capture"))
                        .toList());
            case PAUSED -> worst(stages, ShownState.PAUSED);
            case RUNNING -> {
                if (!captured) {
                    yield unknown(stages, "no capture instance reports on source '" + pipeline.source() + "'");
                }
                if (!dispatched) {
                    yield unknown(stages, "no dispatcher instance reports on it");
                }
                if (!sinkAlive) {
                    yield unknown(stages, "no " + sink + " instance is alive");
                }
                yield worst(stages, ShownState.RUNNING);
            }
        };
    }

    private static PipelineState stopped(List<Stage> stages) {
        return stages.stream()
                .filter(stage -> stage.state() == State.RUNNING || stage.state() == State.PAUSED)
                .findFirst()
                .map(stage -> new PipelineState(ShownState.of(stage.state()), null))
                .orElse(new PipelineState(ShownState.STOPPED, null));
    }

    private static PipelineState unknown(List<Stage> stages, String why) {
        PipelineState worst = worst(stages, ShownState.UNKNOWN);
        return worst.shown() == ShownState.FAILED
                        || worst.shown() == ShownState.SUSPENDED
                        || worst.shown() == ShownState.RETRYING
                ? worst
                : new PipelineState(ShownState.UNKNOWN, why);
    }

    private static PipelineState worst(List<Stage> stages, ShownState otherwise) {
        for (State state : WORST_FIRST) {
            for (Stage stage : stages) {
                boolean bad = state != State.PAUSED && state != State.STOPPED;
                if (stage.state() == state && (bad || otherwise == ShownState.RUNNING)) {
                    return new PipelineState(ShownState.of(state), stage.reason());
                }
            }
        }
        String complaint = stages.stream()
                .map(Stage::reason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new PipelineState(otherwise, complaint);
    }

    private record Stage(String name, State state, @Nullable String error) {
        @Nullable
        String reason() {
            return error == null ? null : name + ": " + error;
        }
    }
}
