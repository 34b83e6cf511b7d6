package dev.sluice.admin.status;

import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.PartitionStatus;
import java.util.List;

/** Counts what is in the source log and not yet at the target. */
final class Backlog {
    private Backlog() {}

    /**
     * What was sent to a partition and is not yet at the target. Numbers of another epoch say nothing: a higher one is begun
     * when the target has all of the lower one.
     */
    static long of(DispatchStatus dispatch, Reported<PartitionStatus> partition) {
        int number = partition.status().partition();
        return partition.placeUnknown() || number >= dispatch.partitionSeqs().size()
                ? 0
                : Math.max(0, dispatch.partitionSeqs().get(number) - applied(dispatch, partition));
    }

    /** Up to where the target has what the dispatcher numbers now. */
    static long applied(DispatchStatus dispatch, Reported<PartitionStatus> partition) {
        return partition.epoch() == dispatch.epoch()
                ? partition.seq()
                : partition.epoch() > dispatch.epoch() ? Long.MAX_VALUE : 0;
    }

    /**
     * What the dispatcher has yet to send and the sinks have yet to apply. Entries that the mappings leave out count
     * until they are read; a partition whose watermark no sink has reported counts as empty, for a sink learns the
     * watermark with the first message.
     */
    static long of(long captured, DispatchStatus dispatch, List<Reported<PartitionStatus>> partitions) {
        long toDispatch = Math.max(0, captured - dispatch.sourceSeq());
        long toApply = partitions.stream()
                .mapToLong(partition -> of(dispatch, partition))
                .sum();
        return toDispatch + toApply;
    }
}
