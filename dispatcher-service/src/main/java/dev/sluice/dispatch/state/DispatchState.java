package dev.sluice.dispatch.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.dispatch.intake.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a pipeline is dispatched: everything up to {@code sourceSeq} is confirmed in the partition queues under
 * these numbers.
 *
 * @param source whose log it is a place in
 * @param sourceEpoch of the record at {@code offset}
 * @param sourceSeq last entry of the source log that is dispatched; 0 if none
 * @param offset of its record in the stream, a hint; -1 if none
 * @param transaction the entry's transaction at the source; null if unknown
 * @param configVersion the configuration whose mappings hold for the entries that follow
 * @param epoch under which the partitions are numbered; a higher one begins again at 1
 * @param partitions number of partition queues
 * @param partitionSeqs last entry of each partition
 * @param drained nothing beyond this place was ever sent, so other mappings may follow at once
 * @param sentUpTo after going back: last entry that was sent before; else 0
 * @param ahead after going back: where other versions take effect once more, for what was sent beyond this place
 * @param time microseconds since 1970
 * @param open if transactions are kept whole and one has rows before this place and does not end there: last entry
 *     before it; else null
 * @param replay the last stretch that was sent again; null if there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DispatchState(
        String source,
        long sourceEpoch,
        long sourceSeq,
        long offset,
        @Nullable String transaction,
        long configVersion,
        long epoch,
        int partitions,
        List<Long> partitionSeqs,
        boolean drained,
        long sentUpTo,
        List<Boundary> ahead,
        long time,
        @Nullable Long open,
        @Nullable ReplayStretch replay) {
    /** A version takes effect behind an entry of the source log. */
    public record Boundary(long after, long configVersion) {}

    /** The same with another word on what is sent again. */
    public DispatchState with(@Nullable ReplayStretch stretch) {
        return new DispatchState(
                source,
                sourceEpoch,
                sourceSeq,
                offset,
                transaction,
                configVersion,
                epoch,
                partitions,
                partitionSeqs,
                drained,
                sentUpTo,
                ahead,
                time,
                open,
                stretch);
    }

    /** Where to go on reading; null for the first record of the log. */
    public @Nullable Place place() {
        return sourceSeq == 0 ? null : new Place(sourceEpoch, sourceSeq, offset, transaction);
    }
}
