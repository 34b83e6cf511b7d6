package dev.sluice.dispatch.state;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks, over state records in the order in which they were written, for the latest that is not beyond a watermark, and
 * collects where other configuration versions took effect after it: what is sent again must be numbered as it was.
 */
final class RewindSearch {
    private final int partition;
    private final long epoch;
    private final long seq;
    private final Map<Long, Long> boundaries = new TreeMap<>();
    private @Nullable DispatchState found;
    private @Nullable DispatchState last;

    RewindSearch(int partition, long epoch, long seq) {
        this.partition = partition;
        this.epoch = epoch;
        this.seq = seq;
    }

    void add(DispatchState state) {
        if (state.epoch() == epoch
                && partition < state.partitions()
                && state.partitionSeqs().get(partition) <= seq) {
            found = state;
            boundaries.clear();
            state.ahead().forEach(boundary -> boundaries.put(boundary.after(), boundary.configVersion()));
        } else if (last != null
                && last.configVersion() != state.configVersion()
                && last.sourceSeq() <= state.sourceSeq()) {
            boundaries.put(state.sourceSeq(), state.configVersion());
        }
        last = state;
    }

    /** The record to go back to, with the boundaries ahead of it. */
    Optional<DispatchState> found() {
        if (found == null) {
            return Optional.empty();
        }
        return Optional.of(new DispatchState(
                found.source(),
                found.sourceEpoch(),
                found.sourceSeq(),
                found.offset(),
                found.transaction(),
                found.configVersion(),
                found.epoch(),
                found.partitions(),
                found.partitionSeqs(),
                false,
                found.sentUpTo(),
                boundaries.entrySet().stream()
                        .map(entry -> new DispatchState.Boundary(entry.getKey(), entry.getValue()))
                        .toList(),
                found.time(),
                found.open(),
                found.replay()));
    }
}
