package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One direction: from a source to a target.
 *
 * @param name unique over all channels, {@code [a-z0-9-]}
 * @param source name of a data source
 * @param target name of a data source
 * @param generation grows with every command (start, stop, pause, release), so that a service sees it has not yet followed
 * @param partitions number of partition queues
 * @param mappings the first that matches a table decides; a table that none matches is left out
 * @param apply what happens to rows that cannot be applied, if the target is a database; null for the defaults
 * @param mode what is kept whole at the target
 * @param partitionsBefore the most partitions it had earlier, whose queues may not be empty yet; null if never more
 * @param replay the last wish to send a stretch of the source log again; null if there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pipeline(
        String name,
        String source,
        String target,
        DesiredState state,
        long generation,
        int partitions,
        List<Mapping> mappings,
        @Nullable ApplyRules apply,
        Mode mode,
        @Nullable Integer partitionsBefore,
        @Nullable Replay replay) {
    public static final int DEFAULT_PARTITIONS = 8;

    /** A document may leave out the mode. */
    public Pipeline {
        mode = Objects.requireNonNullElse(mode, Mode.ROW);
    }

    /** One with the default rules. */
    public Pipeline(
            String name,
            String source,
            String target,
            DesiredState state,
            long generation,
            int partitions,
            List<Mapping> mappings) {
        this(name, source, target, state, generation, partitions, mappings, null);
    }

    /** One that keeps rows whole. */
    public Pipeline(
            String name,
            String source,
            String target,
            DesiredState state,
            long generation,
            int partitions,
            List<Mapping> mappings,
            @Nullable ApplyRules apply) {
        this(name, source, target, state, generation, partitions, mappings, apply, Mode.ROW, null, null);
    }

    /** What a reader of the target never sees half of. */
    public enum Mode {
        /** Each row; rows of a transaction may go side by side. */
        ROW,
        /** Each transaction of the source, in the source's order; it takes one partition. */
        TRANSACTION
    }

    /** What the operator wants. */
    public enum DesiredState {
        RUNNING,
        /** Nothing more is dispatched; what is in the queues is still applied. */
        PAUSED,
        /** Nothing is dispatched and nothing applied. */
        STOPPED
    }

    /** The same with another wish of the operator. */
    public Pipeline wanted(DesiredState wanted, long newGeneration) {
        return new Pipeline(
                name,
                source,
                target,
                wanted,
                newGeneration,
                partitions,
                mappings,
                apply,
                mode,
                partitionsBefore,
                replay);
    }

    /** The same with a wish to send a stretch of the source log again. */
    public Pipeline replaying(Replay wish) {
        return new Pipeline(
                name, source, target, state, generation, partitions, mappings, apply, mode, partitionsBefore, wish);
    }

    /**
     * The same as the next of a pipeline that runs: queues that only the earlier one filled are still to be emptied, and what
     * was wished of its log stays wished.
     */
    public Pipeline following(Pipeline earlier) {
        Integer before = earlier.partitionQueues() > partitions ? earlier.partitionQueues() : null;
        Replay wish = replay != null && (earlier.replay == null || replay.generation() > earlier.replay.generation())
                ? replay
                : earlier.replay;
        return new Pipeline(name, source, target, state, generation, partitions, mappings, apply, mode, before, wish);
    }

    /** How many partition queues may hold something. */
    public int partitionQueues() {
        return partitionsBefore == null ? partitions : Math.max(partitions, partitionsBefore);
    }

    /** The same with other rules for what is applied. */
    public Pipeline withApply(ApplyRules rules) {
        return new Pipeline(
                name, source, target, state, generation, partitions, mappings, rules, mode, partitionsBefore, replay);
    }

    /** The rules in effect. */
    public ApplyRules applyRules() {
        return apply == null ? ApplyRules.DEFAULT : apply;
    }
}
