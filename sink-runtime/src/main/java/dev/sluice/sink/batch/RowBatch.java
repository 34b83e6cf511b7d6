package dev.sluice.sink.batch;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.message.DdlLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that go to the target as one: all of them and the new watermark, or nothing.
 *
 * @param before the watermark that the target must hold when they are written
 * @param after the watermark with which they are written; the same if only parked rows are settled
 * @param origin site at which all of these rows were first changed
 * @param rows in the order of their source; may be empty, then only the watermark moves
 * @param aside what happens to the partition's parked rows with it
 * @param missingRow what becomes of an update or delete whose row is not at the target
 * @param more its transaction goes on in the next batch, which must be written with it or not at all
 * @param statement a statement for the target, which comes alone; null in a batch of rows
 */
public record RowBatch(
        Partition partition,
        Watermark before,
        Watermark after,
        String origin,
        List<Row> rows,
        Aside aside,
        ApplyRules.MissingRow missingRow,
        boolean more,
        @Nullable DdlLine statement) {
    /** One that is whole. */
    public RowBatch(
            Partition partition,
            Watermark before,
            Watermark after,
            String origin,
            List<Row> rows,
            Aside aside,
            ApplyRules.MissingRow missingRow) {
        this(partition, before, after, origin, rows, aside, missingRow, false, null);
    }

    /** A batch that parks nothing and inserts the rows that updates miss. */
    public RowBatch(Partition partition, Watermark before, Watermark after, String origin, List<Row> rows) {
        this(partition, before, after, origin, rows, Aside.NOTHING, ApplyRules.MissingRow.UPSERT);
    }

    /** A batch of a statement alone, or of nothing but the watermark. */
    static RowBatch of(
            Partition partition, Watermark before, Watermark after, String origin, @Nullable DdlLine statement) {
        return new RowBatch(
                partition,
                before,
                after,
                origin,
                List.of(),
                Aside.NOTHING,
                ApplyRules.MissingRow.UPSERT,
                false,
                statement);
    }

    /** The same with fewer rows, others of which are set aside. */
    public RowBatch with(List<Row> fewer, List<ParkedRow> parked) {
        Aside next = new Aside(parked, aside.applied(), aside.skipped());
        return new RowBatch(partition, before, after, origin, fewer, next, missingRow, more, statement);
    }

    /**
     * What happens to parked rows.
     *
     * @param parked rows that are set aside instead of being applied, in order
     * @param applied parked rows that are the rows of this batch
     * @param skipped parked rows that are given up
     */
    public record Aside(List<ParkedRow> parked, List<Watermark> applied, List<Watermark> skipped) {
        public static final Aside NOTHING = new Aside(List.of(), List.of(), List.of());
    }
}
