package dev.sluice.capture.reading;

import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.search.BinlogFile;
import dev.sluice.change.status.PurgeForecast;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server will delete binlog before it was read. It deletes what is older than its setting, and that limit moves
 * on by a second each second; reading moves on by as many seconds of commits as it reads. If reading is the slower one, the
 * limit overtakes it. Used by one thread.
 */
final class PurgeOutlook {
    private static final long DAY_SECONDS = 86_400;
    private static final double MICROS = 1e6;

    private final SourceServer server;
    private long lastCommit;
    private long lastLook;

    PurgeOutlook(SourceServer server) {
        this.server = server;
    }

    /** The outlook from a place in the binlog; {@code commitMicros} is 0 if nothing was read yet. */
    PurgeForecast at(String file, long offset, long commitMicros, long nowMicros) throws IOException {
        String oldest = "";
        long behind = 0;
        long kept = 0;
        try (SourceConnection connection = SourceConnection.open(server.address(), SourceServer.TIMEOUT)) {
            List<BinlogFile> files = BinlogFile.all(connection);
            oldest = files.isEmpty() ? "" : files.get(0).name();
            boolean reached = false;
            for (BinlogFile next : files) {
                boolean here = file.equals(next.name());
                reached |= here;
                behind += reached ? next.size() - (here ? offset : 0) : 0;
            }
            kept = seconds(connection, "binlog_expire_logs_seconds", 1);
            kept = kept == 0 ? seconds(connection, "expire_logs_days", DAY_SECONDS) : kept;
        }
        Long left = behind <= 0 ? null : secondsLeft(kept, commitMicros, nowMicros);
        saw(commitMicros, nowMicros);
        return new PurgeForecast(oldest, kept, Math.max(0, behind), left);
    }

    /** Null if reading is at least as fast as time, or if it is not known yet how fast it is. */
    @Nullable
    Long secondsLeft(long kept, long commitMicros, long nowMicros) {
        if (kept == 0 || commitMicros == 0 || lastCommit == 0) {
            return null;
        }
        double rate = (commitMicros - lastCommit) / (double) Math.max(1, nowMicros - lastLook);
        if (rate >= 1) {
            return null;
        }
        double margin = kept - (nowMicros - commitMicros) / MICROS;
        return Math.max(0, Math.round(margin / (1 - Math.max(0, rate))));
    }

    void saw(long commitMicros, long nowMicros) {
        lastCommit = commitMicros;
        lastLook = nowMicros;
    }

    private static long seconds(SourceConnection connection, String variable, long unit) throws IOException {
        String value = connection
                .query("SHOW GLOBAL VARIABLES LIKE '" + variable + "'")
                .first("value")
                .orElse("0");
        return value.matches("\\d{1,10}(\\.\\d+)?") ? (long) (Double.parseDouble(value) * unit) : 0;
    }
}
