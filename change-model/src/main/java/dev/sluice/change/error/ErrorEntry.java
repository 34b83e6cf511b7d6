package dev.sluice.change.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A parked row in one of its states; pipeline, partition, epoch and seq name it for good, and of two entries of it the one
 * with the higher revision is the newer.
 *
 * @param seq its number in the partition
 * @param revision grows with each change of its state
 * @param schema at the source
 * @param table at the source
 * @param targetSchema of the table whose rows are set aside
 * @param targetTable whose rows are set aside
 * @param op {@code c}, {@code u}, {@code d} or {@code r}, as in a row line
 * @param before its columns' cells before the change, as in a row line; null for an insert
 * @param after its columns' cells after the change; null for a delete
 * @param shortened names of columns whose cells are too long to be shown whole; null for none
 * @param reason why the target refused it, or what it waits for
 * @param tries how often it was tried again since it was parked
 * @param file where its transaction is in the binlog
 * @param commitMicros commit at the source, microseconds since 1970
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorEntry(
        String pipeline,
        int partition,
        long epoch,
        long seq,
        int revision,
        State state,
        String schema,
        String table,
        String targetSchema,
        String targetTable,
        String op,
        @Nullable Map<String, JsonNode> before,
        @Nullable Map<String, JsonNode> after,
        @Nullable List<String> shortened,
        String reason,
        @Nullable String sqlState,
        int tries,
        String file,
        long offset,
        @Nullable String gtid,
        long commitMicros,
        Instant parkedAt) {
    /** Where it is. */
    public enum State {
        /** Set aside, with every later row of its table on its partition. */
        PARKED,
        /** At the target. */
        APPLIED,
        /** Given up by an operator. */
        SKIPPED
    }
}
