package dev.sluice.change.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source being captured.
 *
 * @param seq last entry confirmed by the broker
 * @param entries entries captured since this instance took over
 * @param commitMicros commit time of the last confirmed entry, microseconds since 1970; 0 if none yet
 * @param readMicros when the capture last heard from the source (an event or a heartbeat), microseconds since 1970
 * @param snapshots of this source, null if there are none
 * @param server the server that is read; null before the first was
 * @param stopped tables of which rows are left out; null if there are none
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
        @Nullable String error,
        @Nullable List<SnapshotStatus> snapshots,
        @Nullable CapturedServer server,
        @Nullable List<StoppedTable> stopped) {
    public CaptureStatus(
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
            @Nullable String error) {
        this(
                source,
                state,
                epoch,
                seq,
                entries,
                bytes,
                file,
                offset,
                gtid,
                commitMicros,
                readMicros,
                error,
                null,
                null,
                null);
    }
}
