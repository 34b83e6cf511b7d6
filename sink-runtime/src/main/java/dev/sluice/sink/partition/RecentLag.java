package dev.sluice.sink.partition;

import dev.sluice.change.status.LagHistogram;
import java.time.Duration;
import java.util.List;

/** Percentiles of the lags of the last half to whole minute, as long as somebody asks more often. Thread-safe. */
final class RecentLag {
    private static final long HALF_WINDOW = Duration.ofSeconds(30).toNanos();

    private final LagHistogram all;
    private List<Long> before = List.of();
    private List<Long> lately = List.of();
    private long latelyAt = System.nanoTime();

    RecentLag(LagHistogram all) {
        this.all = all;
    }

    /** In microseconds; 0 without rows. */
    long percentile(double share) {
        return percentile(share, System.nanoTime());
    }

    synchronized long percentile(double share, long nanoTime) {
        List<Long> now = all.counts();
        if (nanoTime - latelyAt >= HALF_WINDOW) {
            before = lately;
            lately = now;
            latelyAt = nanoTime;
        }
        return LagHistogram.percentile(LagHistogram.difference(before, now), share);
    }
}
