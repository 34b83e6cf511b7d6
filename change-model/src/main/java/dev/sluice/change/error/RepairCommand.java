package dev.sluice.change.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the owner of a partition is asked to do with parked rows of one table; one that comes again does no harm.
 *
 * @param targetSchema of the table whose rows are parked
 * @param targetTable whose rows are parked
 * @param epoch of the row that it is about; for {@link Action#SKIP_TO} and {@link Action#REPLAY} of the last one that
 *     whoever asks knows of
 * @param seq of that row
 * @param cells for {@link Action#RETRY}: other cells of columns, after the change; null for none
 * @param user who asks, for the log
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RepairCommand(
        Action action,
        String targetSchema,
        String targetTable,
        long epoch,
        long seq,
        @Nullable Map<String, JsonNode> cells,
        String user) {
    /** What to do. */
    public enum Action {
        /** Change the row if so wished, and apply it if it is the table's first. */
        RETRY,
        /** Give the row up. */
        SKIP,
        /** Give the row up and all before it. */
        SKIP_TO,
        /** Apply all rows in order, as far as they go; behind the last one the table goes on as usual. */
        REPLAY
    }
}
