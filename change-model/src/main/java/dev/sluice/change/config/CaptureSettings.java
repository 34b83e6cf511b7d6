package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a source's binlog is read and how much of it the source log keeps.
 *
 * @param start where to begin when the source log is empty
 * @param serverId replica id towards the source, unique among its replicas; 0 derives one from the name
 * @param logMaxBytes size above which the oldest part of the source log is dropped
 * @param logMaxAge age above which the oldest part of the source log is dropped
 * @param filter which changes enter the source log; null for all
 * @param heartbeat how often a row is written to {@code sluice.sluice_heartbeat} at the source; null for never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaptureSettings(
        StartPosition start,
        long serverId,
        long logMaxBytes,
        Duration logMaxAge,
        @Nullable CaptureFilter filter,
        @Nullable Duration heartbeat) {
    public CaptureSettings(StartPosition start, long serverId, long logMaxBytes, Duration logMaxAge) {
        this(start, serverId, logMaxBytes, logMaxAge, null, null);
    }

    /** Settings for a source that begins at its present position: 20 GB or 7 days of log. */
    public static CaptureSettings fromNow() {
        return new CaptureSettings(
                new StartPosition(StartPosition.Mode.NOW, null, null, null), 0, 20_000_000_000L, Duration.ofDays(7));
    }

    public CaptureSettings withFilter(@Nullable CaptureFilter next) {
        return new CaptureSettings(start, serverId, logMaxBytes, logMaxAge, next, heartbeat);
    }

    public CaptureSettings withHeartbeat(@Nullable Duration next) {
        return new CaptureSettings(start, serverId, logMaxBytes, logMaxAge, filter, next);
    }

    /** Where in the binlog to begin. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StartPosition(
            Mode mode,
            @Nullable String file,
            @Nullable Long offset,
            @Nullable String gtidSet) {
        /** How the position is given. */
        public enum Mode {
            /** The end of the binlog when the capture first starts. */
            NOW,
            /** The oldest binlog file the server still has. */
            EARLIEST,
            /** {@code file} and {@code offset}. */
            FILE,
            /** Everything that is not in {@code gtidSet}. */
            GTID
        }
    }
}
