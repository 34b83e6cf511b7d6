package dev.sluice.capture.takeover;

import dev.sluice.change.message.SnapshotLine;
import dev.sluice.change.message.TransactionLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a source log ends.
 *
 * @param epoch highest epoch in the log; 0 if it is empty
 * @param after number of the last entry before which, and with which, none is missing
 * @param resume the transaction that entry belongs to; null if the log is empty
 * @param filter by which that transaction's entries were counted, as JSON; null for none
 * @param snapshots how far the source's snapshots have come
 * @param repeats up to where its last message says again what the log had before; null if that is new
 * @param reset generation of the last jump to another place of the binlog; 0 if there was none
 */
public record LogEnd(
        long epoch,
        long after,
        @Nullable TransactionLine resume,
        @Nullable String filter,
        List<SnapshotLine> snapshots,
        @Nullable String repeats,
        long reset) {
    static final LogEnd EMPTY = new LogEnd(0, 0, null, null);

    LogEnd(long epoch, long after, @Nullable TransactionLine resume, @Nullable String filter) {
        this(epoch, after, resume, filter, List.of(), null, 0);
    }
}
