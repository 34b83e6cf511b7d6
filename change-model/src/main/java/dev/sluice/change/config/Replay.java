package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish that a pipeline sends a stretch of the source log again, up to where it stands when it takes the wish up. It
 * is fulfilled once: the pipeline's state names the last generation that was.
 *
 * @param generation from 1, higher with each wish
 * @param entry number in the source log of the first entry; null if {@code time} says where
 * @param time from the first transaction committed then or later at the source; null if {@code entry} says where
 * @param tables whose rows are sent again; empty for all that are mapped
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Replay(
        long generation, @Nullable Long entry, @Nullable Instant time, List<Table> tables) {
    /** Source tables by name or pattern ({@code *} and {@code ?}). */
    public record Table(String schema, String table) {}

    /** Whether a source table is meant. */
    public boolean means(String schema, String table) {
        return tables.isEmpty()
                || tables.stream()
                        .anyMatch(each ->
                                NamePattern.matches(each.schema(), schema) && NamePattern.matches(each.table(), table));
    }
}
