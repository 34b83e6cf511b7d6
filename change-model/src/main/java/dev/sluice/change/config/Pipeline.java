package dev.sluice.change.config;

import java.util.List;

/**
 * One direction: from a source to a target.
 *
 * @param name unique over all channels, {@code [a-z0-9-]}
 * @param source name of a data source
 * @param target name of a data source
 * @param generation grows with every command (start, stop, pause), so that a service sees it has not yet followed
 * @param partitions number of partition queues
 * @param mappings the first that matches a table decides; a table that none matches is left out
 */
public record Pipeline(
        String name,
        String source,
        String target,
        DesiredState state,
        long generation,
        int partitions,
        List<Mapping> mappings) {
    public static final int DEFAULT_PARTITIONS = 8;

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
        return new Pipeline(name, source, target, wanted, newGeneration, partitions, mappings);
    }
}
