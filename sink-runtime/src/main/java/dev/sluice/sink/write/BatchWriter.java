package dev.sluice.sink.write;

import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one target server. Called by many threads at once, but for one partition by one thread only and in order.
 */
public interface BatchWriter extends AutoCloseable {
    /** The watermark that the target holds now; {@link Watermark#NONE} if none was written yet. */
    Watermark watermark(Partition partition) throws WriteFailed;

    /**
     * Writes all rows and moves the watermark, atomically, if the target still holds {@link RowBatch#before()}. When it
     * fails nothing is written, or it is unknown whether it was: the next try finds out by the watermark. A batch with
     * {@link RowBatch#more()} is not visible to others before the one that ends its transaction is written; if that
     * fails, all of them are undone.
     */
    WriteOutcome write(RowBatch batch) throws WriteFailed;

    /** Where rows that are refused are kept; null if this target keeps none. */
    default @Nullable ErrorStore errors() {
        return null;
    }

    /** Undoes the batches of a partition that said that {@link RowBatch#more()} follows; does nothing if there are none. */
    default void abandon(Partition partition) {}

    /** Lets go of the server. No call is under way, except ones that did not end in time at a shutdown. */
    @Override
    void close();
}
