package dev.sluice.sink.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.status.LagHistogram;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentLagTest {
    private final LagHistogram all = new LagHistogram();
    private final RecentLag recent = new RecentLag(all);
    private final long start = System.nanoTime();

    @Test
    void forgetsWhatIsMoreThanAMinuteAgo() {
        all.record(50_000_000, 1_000);
        assertThat(at(0)).isBetween(50_000_000L, 60_000_000L);
        assertThat(at(35)).isBetween(50_000_000L, 60_000_000L);
        all.record(2_000, 10);
        assertThat(at(70)).as("since the last look but one").isBetween(2_000L, 2_400L);
        assertThat(at(105)).isZero();
    }

    private long at(int seconds) {
        return recent.percentile(0.99, start + Duration.ofSeconds(seconds).toNanos());
    }
}
