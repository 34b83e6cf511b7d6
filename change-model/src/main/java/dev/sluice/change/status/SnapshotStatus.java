package dev.sluice.change.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot and how far it has come.
 *
 * @param generation the command it follows
 * @param rows read so far, of all tables
 * @param estimate of all rows, as the source's statistics say; 0 if unknown
 * @param rowsPerSecond lately
 * @param secondsLeft at that rate; null if unknown
 * @param tables not one by one before they are begun
 * @param note what it waits for, or why it does not go on; null if nothing is to be said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotStatus(
        String name,
        Instant created,
        Phase phase,
        long generation,
        long chunks,
        long rows,
        long estimate,
        double rowsPerSecond,
        @Nullable Long secondsLeft,
        int tablesDone,
        int tablesLeft,
        List<Table> tables,
        @Nullable String note) {
    /** Where a snapshot or a table is. */
    public enum Phase {
        WAITING,
        RUNNING,
        PAUSED,
        DONE,
        FAILED,
        CANCELLED
    }

    /**
     * A table of a snapshot.
     *
     * @param estimate of its rows; 0 if unknown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Table(
            String schema,
            String table,
            Phase phase,
            long rows,
            long estimate,
            double rowsPerSecond,
            @Nullable Long secondsLeft,
            @Nullable String error) {}
}
