package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
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
 * @param reset a jump to another place that was asked for last; null if none ever was
 * @param servers which servers of the source's replication to read; null for the data source's own address alone
 * @param retlBuffer table of the source, such as {@code retl.retl_buffer}, in which rows are asked for; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaptureSettings(
        StartPosition start,
        long serverId,
        long logMaxBytes,
        Duration logMaxAge,
        @Nullable CaptureFilter filter,
        @Nullable Duration heartbeat,
        @Nullable PositionReset reset,
        @Nullable SourceServers servers,
        @Nullable String retlBuffer) {
    private static final long DERIVED_BASE = 0x7000_0000L;
    private static final long DERIVED_MASK = 0x0fff_ffffL;

    public CaptureSettings(StartPosition start, long serverId, long logMaxBytes, Duration logMaxAge) {
        this(start, serverId, logMaxBytes, logMaxAge, null, null, null, null, null);
    }

    /** Settings for a source that begins at its present position: 20 GB or 7 days of log. */
    public static CaptureSettings fromNow() {
        return new CaptureSettings(StartPosition.NOW, 0, 20_000_000_000L, Duration.ofDays(7));
    }

    public CaptureSettings withStart(StartPosition other) {
        return new CaptureSettings(
                other, serverId, logMaxBytes, logMaxAge, filter, heartbeat, reset, servers, retlBuffer);
    }

    public CaptureSettings withReset(@Nullable PositionReset other) {
        return new CaptureSettings(
                start, serverId, logMaxBytes, logMaxAge, filter, heartbeat, other, servers, retlBuffer);
    }

    public CaptureSettings withServers(@Nullable SourceServers other) {
        return new CaptureSettings(
                start, serverId, logMaxBytes, logMaxAge, filter, heartbeat, reset, other, retlBuffer);
    }

    /** An id for a new source: one from its name would be the same in another installation that reads the same server. */
    public static long newReplicaId() {
        return DERIVED_BASE + ThreadLocalRandom.current().nextLong(DERIVED_MASK + 1);
    }

    /** The replica id of a source: the one that is set, or one from the name, the same for whoever owns the capture. */
    public long replicaId(String source) {
        if (serverId != 0) {
            return serverId;
        }
        CRC32 crc = new CRC32();
        crc.update(source.getBytes(StandardCharsets.UTF_8));
        return DERIVED_BASE + (crc.getValue() & DERIVED_MASK);
    }

    /** Number of the last jump that was asked for; 0 if none ever was. */
    public long resetGeneration() {
        return reset == null ? 0 : reset.generation();
    }

    public CaptureSettings withFilter(@Nullable CaptureFilter next) {
        return new CaptureSettings(
                start, serverId, logMaxBytes, logMaxAge, next, heartbeat, reset, servers, retlBuffer);
    }

    public CaptureSettings withHeartbeat(@Nullable Duration next) {
        return new CaptureSettings(start, serverId, logMaxBytes, logMaxAge, filter, next, reset, servers, retlBuffer);
    }

    public CaptureSettings withRetlBuffer(@Nullable String next) {
        return new CaptureSettings(start, serverId, logMaxBytes, logMaxAge, filter, heartbeat, reset, servers, next);
    }

    /** Where in the binlog to begin. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StartPosition(
            Mode mode,
            @Nullable String file,
            @Nullable Long offset,
            @Nullable String gtidSet,
            @Nullable Instant timestamp) {
        public static final StartPosition NOW = new StartPosition(Mode.NOW, null, null, null, null);

        public StartPosition(Mode mode, @Nullable String file, @Nullable Long offset, @Nullable String gtidSet) {
            this(mode, file, offset, gtidSet, null);
        }

        /** The first transaction that was committed then or later. */
        public static StartPosition at(Instant timestamp) {
            return new StartPosition(Mode.TIMESTAMP, null, null, null, timestamp);
        }

        /** How the position is given. */
        public enum Mode {
            /** The end of the binlog when the capture first starts. */
            NOW,
            /** The oldest binlog file the server still has. */
            EARLIEST,
            /** {@code file} and {@code offset}. */
            FILE,
            /** Everything that is not in {@code gtidSet}. */
            GTID,
            /** The first transaction that was committed at {@code timestamp} or later. */
            TIMESTAMP
        }

        @Override
        public String toString() {
            return switch (mode) {
                case NOW, EARLIEST -> mode.name();
                case FILE -> file + ":" + offset;
                case GTID -> "GTID " + gtidSet;
                case TIMESTAMP -> String.valueOf(timestamp);
            };
        }
    }
}
