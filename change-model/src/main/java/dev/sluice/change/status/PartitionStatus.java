package dev.sluice.change.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition that this instance is the active consumer of, or was.
 *
 * @param seq the watermark: last entry at the target
 * @param rows rows brought to the target since this instance started
 * @param duplicates entries dropped because they were there already
 * @param gaps times entries were missing and had to come again
 * @param missing rows an update or delete did not find at the target
 * @param commitMicros commit time at the source of the last entry at the target, microseconds since 1970
 * @param unacked messages that were delivered and not yet acknowledged
 * @param oldestMicros commit time of the oldest entry that was delivered and is not at the target, microseconds since
 *     1970; 0 if there is none
 * @param lag cumulative counts of {@link LagHistogram}, from commit at the source to commit at the target
 * @param parked rows set aside that are not at the target now
 * @param parkedTables tables of the target whose rows are set aside, as {@code schema.table}; null for none
 * @param statement number in the source log of the statement that it stands before; null if it stands before none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PartitionStatus(
        String pipeline,
        int partition,
        State state,
        long epoch,
        long seq,
        long rows,
        long duplicates,
        long gaps,
        long missing,
        long commitMicros,
        long unacked,
        long oldestMicros,
        List<Long> lag,
        @Nullable String error,
        long parked,
        @Nullable List<String> parkedTables,
        @Nullable Long statement) {
    /** One without parked rows, which stands before no statement. */
    public PartitionStatus(
            String pipeline,
            int partition,
            State state,
            long epoch,
            long seq,
            long rows,
            long duplicates,
            long gaps,
            long missing,
            long commitMicros,
            long unacked,
            long oldestMicros,
            List<Long> lag,
            @Nullable String error) {
        this(
                pipeline,
                partition,
                state,
                epoch,
                seq,
                rows,
                duplicates,
                gaps,
                missing,
                commitMicros,
                unacked,
                oldestMicros,
                lag,
                error,
                0,
                null,
                null);
    }
}
