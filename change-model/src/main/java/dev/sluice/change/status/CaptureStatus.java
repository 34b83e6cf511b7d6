package dev.sluice.change.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A source being captured.
 *
 * @param seq last entry confirmed by the broker
 * @param entries entries captured since this instance took over
 * @param commitMicros commit time of the last confirmed entry, microseconds since 1970; 0 if none yet
 * @param readMicros when the capture last heard from the source (an event or a heartbeat), microseconds since 1970
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaptureStatus(
        String source,
        State state,
        long epoch,
        long seq,
        long entries,
        long bytes,
        @Nullable String file,
        long offset,
        @Nullable String gtid,
        long commitMicros,
        long readMicros,
        @Nullable String error) {}
