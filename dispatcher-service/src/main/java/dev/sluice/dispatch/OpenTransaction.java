package dev.sluice.dispatch;

import dev.sluice.change.message.Lines;
import dev.sluice.dispatch.partition.PartitionBatches;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Knows, for a pipeline that keeps transactions whole, whether one has rows that were sent and no end yet, and sends its
 * end. What it sends follows from the source log and the mappings alone, so whoever dispatches the same again sends the
 * same. Not thread-safe.
 */
final class OpenTransaction {
    private final boolean whole;
    /** Last entry before it; negative if none is open. */
    private long after;

    /** Goes on from a state's {@code open}. */
    OpenTransaction(boolean whole, @Nullable Long open) {
        this.whole = whole;
        after = whole && open != null ? open : -1;
    }

    /** Last entry before the open transaction; null if none is open. */
    @Nullable
    Long after() {
        return after < 0 ? null : after;
    }

    /** A row of the transaction whose line is at {@code [from, to)} was sent. */
    void sent(byte[] body, int from, int to) {
        if (whole && after < 0) {
            after = Lines.transaction(body, from, to).seq();
        }
    }

    /** The transaction ended behind an entry. */
    void end(PartitionBatches batches, long entry) throws IOException, InterruptedException {
        if (after >= 0) {
            batches.end(entry - after, entry);
            after = -1;
        }
    }

    /**
     * A transaction line follows an entry: a copied chunk whose capture was killed has no end, and ends there; any other
     * transaction that is still open goes on.
     */
    void next(PartitionBatches batches, byte[] body, int from, int to, long entry)
            throws IOException, InterruptedException {
        if (after >= 0 && Lines.transaction(body, from, to).seq() != after) {
            end(batches, entry);
        }
    }
}
