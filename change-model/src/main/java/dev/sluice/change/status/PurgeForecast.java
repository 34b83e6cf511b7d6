package dev.sluice.change.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server will delete binlog before the capture has read it.
 *
 * @param oldestFile the oldest binlog file it has
 * @param keptSeconds how long it keeps them; 0 for ever
 * @param behindBytes how much binlog it has that was not read yet
 * @param secondsLeft until it deletes what comes next, at the present rate of reading; null if it will not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PurgeForecast(
        String oldestFile,
        long keptSeconds,
        long behindBytes,
        @Nullable Long secondsLeft) {}
