package dev.sluice.sink.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GapWatchTest {
    private final GapWatch watch = new GapWatch(Duration.ofSeconds(5));

    @Test
    void asksOnlyWhenTheGapHasLasted() {
        assertThat(watch.seen(seconds(100))).isTrue();
        assertThat(watch.seen(seconds(101))).isFalse();
        assertThat(watch.shouldAsk(seconds(104))).isFalse();
        assertThat(watch.shouldAsk(seconds(105))).isTrue();
    }

    @Test
    void asksAgainAfterTenSeconds() {
        watch.seen(seconds(100));
        assertThat(watch.shouldAsk(seconds(105))).isTrue();
        assertThat(watch.shouldAsk(seconds(114))).isFalse();
        assertThat(watch.shouldAsk(seconds(115))).isTrue();
    }

    @Test
    void doesNotAskOnceTheEntriesCame() {
        watch.seen(seconds(100));
        watch.closed();
        assertThat(watch.shouldAsk(seconds(200))).isFalse();
        assertThat(watch.seen(seconds(300))).isTrue();
        assertThat(watch.shouldAsk(seconds(301))).isFalse();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
