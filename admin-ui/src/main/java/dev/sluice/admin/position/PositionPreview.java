package dev.sluice.admin.position;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a position means, before it is set.
 *
 * @param server that was asked
 * @param possible whether the capture can begin there
 * @param problem why it cannot, with what the server has instead; null if it can
 * @param purged whether the server has deleted the binlog there
 * @param executed GTIDs of everything before the position; null if the source has none
 * @param firstCommit when the first transaction there was committed; null if there is none yet
 * @param behindBytes how much binlog there is from the position to the end
 * @param behindFiles how many files later than the position's there are
 * @param log what it means for the source log; null if nothing is known of its end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PositionPreview(
        String server,
        boolean possible,
        @Nullable String problem,
        boolean purged,
        @Nullable String file,
        @Nullable Long offset,
        @Nullable String executed,
        @Nullable Instant firstCommit,
        @Nullable String firstGtid,
        long behindBytes,
        int behindFiles,
        @Nullable LogDifference log) {
    static PositionPreview impossible(String server, boolean purged, String problem) {
        return new PositionPreview(server, false, problem, purged, null, null, null, null, null, 0, 0, null);
    }
}
