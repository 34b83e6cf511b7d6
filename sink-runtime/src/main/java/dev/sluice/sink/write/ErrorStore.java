package dev.sluice.sink.write;

import dev.sluice.change.error.ErrorEntry;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a target keeps of the rows that it refused: the parked ones, and where a partition is suspended. It is at the
 * target itself, so that rows are parked and settled by the same transaction that moves the watermark, see
 * {@link dev.sluice.sink.batch.RowBatch.Aside}. Thread-safe.
 */
public interface ErrorStore {
    /**
     * A parked row.
     *
     * @param at what names it in its partition
     * @param revision grows with each change
     * @param table that it is parked with
     * @param body of {@link dev.sluice.sink.batch.SingleRow}
     * @param tries how often it was tried again
     */
    record Stored(
            Watermark at,
            ErrorEntry.State state,
            int revision,
            TableLine.Target table,
            byte[] body,
            String reason,
            @Nullable String sqlState,
            int tries,
            Instant parkedAt) {}

    /**
     * A partition that does not go on.
     *
     * @param at the watermark behind which a row is refused; it is over once the watermark has moved
     * @param generation of the pipeline; a greater one releases it
     * @param tries how often the row was tried
     * @param reason for the screen
     */
    record Suspension(Watermark at, long generation, int tries, String reason) {}

    /** The tables of which rows are parked, and how many. */
    Map<TableLine.Target, Long> tables(Partition partition) throws WriteFailed;

    /** The first parked rows of a table in order, bounded by their number and bytes. */
    List<Stored> first(Partition partition, TableLine.Target table, int limit) throws WriteFailed;

    /** A row; empty if it was never parked, or settled and reported. */
    Optional<Stored> find(Partition partition, Watermark at) throws WriteFailed;

    /** What names the parked rows of a table up to one of them, in order. */
    List<Watermark> upTo(Partition partition, TableLine.Target table, Watermark last, int limit) throws WriteFailed;

    /** Rows whose newest state was not reported yet, in order, bounded by their number and bytes. */
    List<Stored> unreported(Partition partition, int limit) throws WriteFailed;

    /** Notes that these states were reported; what is settled is forgotten by it. */
    void reported(Partition partition, List<Stored> rows) throws WriteFailed;

    /** Notes that a parked row was tried again in vain. */
    void failed(Partition partition, Watermark at, String reason, @Nullable String sqlState) throws WriteFailed;

    /** Gives a parked row another body. */
    void edited(Partition partition, Watermark at, byte[] body) throws WriteFailed;

    /** Where the partition was suspended last. */
    Optional<Suspension> suspension(Partition partition) throws WriteFailed;

    /** Notes where the partition is suspended. */
    void suspend(Partition partition, Suspension suspension) throws WriteFailed;
}
