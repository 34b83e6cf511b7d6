package dev.sluice.dispatch;

import com.rabbitmq.client.Connection;
import dev.sluice.change.config.Configuration;
import dev.sluice.dispatch.intake.PlaceLost;
import dev.sluice.dispatch.intake.RewindRequest;
import dev.sluice.dispatch.intake.SourceLog;
import dev.sluice.dispatch.state.ConfigHistory;
import dev.sluice.dispatch.state.DispatchState;
import dev.sluice.dispatch.state.StateStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a pipeline is taken up from its last state. What may have been sent beyond that state was numbered by the mappings
 * then in effect, so it is sent again by the same ones, and newer mappings wait until that stretch is behind.
 *
 * @param state to go on from
 * @param assignment the version in effect
 * @param sentUpTo entries up to this one may have been sent already
 */
record Resume(DispatchState state, Assignment assignment, long sentUpTo) {
    /**
     * A state is written at the latest after so many entries, so no more than these were sent beyond the last one.
     */
    static final long MOST_BEYOND_STATE = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Resume.class);

    /** Decides it for a pipeline whose ownership was just taken. */
    static Resume of(Connection connection, Assignment newest) throws IOException, InterruptedException {
        String name = newest.pipeline().name();
        StateStream.declare(connection, name);
        Optional<DispatchState> last = StateStream.last(connection, name);
        if (last.isEmpty()) {
            LOG.info("pipeline {}: no state yet, beginning at the first record of the source log", name);
            DispatchState first = beforeEntry(
                    newest.pipeline().source(),
                    1,
                    newest.version(),
                    newest.pipeline().partitions());
            return new Resume(first, newest, 0);
        }
        DispatchState state = last.get();
        if (!state.source().equals(newest.pipeline().source())) {
            throw new PlaceLost("pipeline " + name + " was dispatched from source " + state.source() + " up to entry "
                    + state.sourceSeq() + " and now has source "
                    + newest.pipeline().source()
                    + ", whose log has other entries");
        }
        if (state.drained()) {
            // nothing was sent beyond it, so whatever mappings hold now number what follows
            return new Resume(withVersion(state, newest.version()), newest, 0);
        }
        long sentUpTo = Math.max(state.sourceSeq() + MOST_BEYOND_STATE, state.sentUpTo());
        if (state.configVersion() == newest.version()) {
            return new Resume(state, newest, sentUpTo);
        }
        Optional<Assignment> then = inEffect(connection, state.configVersion(), name);
        if (then.isPresent()) {
            LOG.info(
                    "pipeline {}: resuming with the mappings of configuration {}; {} follows once what may have been"
                            + " sent is sent again",
                    name,
                    state.configVersion(),
                    newest.version());
            return new Resume(state, then.get(), sentUpTo);
        }
        LOG.warn(
                "pipeline {}: configuration {} is no longer in the configuration stream; entries behind {} are sent again"
                        + " with the mappings of {} under a new partition epoch {}: a target may see some rows twice,"
                        + " in order, and misses none",
                name,
                state.configVersion(),
                state.sourceSeq(),
                newest.version(),
                state.epoch() + 1);
        return new Resume(renumbered(state, newest.version(), state.epoch() + 1, state.partitions()), newest, 0);
    }

    /** The state to go back to when a target lacks what was sent to it. */
    static DispatchState before(
            RewindRequest request, Connection states, Connection reading, DispatchState now, String pipeline)
            throws IOException, InterruptedException {
        Optional<DispatchState> found =
                StateStream.before(states, pipeline, request.partition(), request.epoch(), request.seq());
        if (found.isPresent()) {
            return found.get().epoch() == now.epoch() ? found.get() : renumbered(found.get(), now);
        }
        if (!SourceLog.beginsAtFirstEntry(reading, now.source())) {
            throw new PlaceLost("partition " + request.partition() + " of pipeline " + pipeline
                    + " lacks entries behind " + request.seq() + " of epoch " + request.epoch()
                    + "; no state record is as old as that, and the source log no longer begins at its first entry");
        }
        return renumbered(beforeEntry(now.source(), 1, now.configVersion(), now.partitions()), now);
    }

    /** A place, numbered from 1 under the epoch after the present one. */
    static DispatchState renumbered(DispatchState place, DispatchState now) {
        return renumbered(place, now.configVersion(), now.epoch() + 1, now.partitions());
    }

    /** The mappings of an older version; empty if it is gone. */
    static Optional<Assignment> inEffect(Connection connection, long version, String pipeline)
            throws IOException, InterruptedException {
        Optional<Configuration> configuration = ConfigHistory.find(connection, version);
        return configuration.isPresent() ? Assignment.of(configuration.get(), pipeline) : Optional.empty();
    }

    /** The state before an entry of a source log, at which the log is found by reading it from its beginning. */
    static DispatchState beforeEntry(String source, long entry, long version, int partitions) {
        return new DispatchState(
                source,
                0,
                entry - 1,
                -1,
                null,
                version,
                1,
                partitions,
                Collections.nCopies(partitions, 0L),
                true,
                0,
                List.of(),
                0,
                null,
                null);
    }

    /** A state whose partitions are numbered from 1 again, under another epoch. */
    private static DispatchState renumbered(DispatchState state, long version, long epoch, int partitions) {
        return new DispatchState(
                state.source(),
                state.sourceEpoch(),
                state.sourceSeq(),
                state.offset(),
                state.transaction(),
                version,
                epoch,
                partitions,
                Collections.nCopies(partitions, 0L),
                true,
                0,
                List.of(),
                0,
                state.open(),
                state.replay());
    }

    private static DispatchState withVersion(DispatchState state, long version) {
        return new DispatchState(
                state.source(),
                state.sourceEpoch(),
                state.sourceSeq(),
                state.offset(),
                state.transaction(),
                version,
                state.epoch(),
                state.partitions(),
                state.partitionSeqs(),
                true,
                0,
                List.of(),
                0,
                state.open(),
                state.replay());
    }
}
