package dev.sluice.broker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses between tries, with jitter so that instances do not knock in step. Not thread-safe. */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private int tries;

    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** The next pause: doubled each time up to the longest, then 50 to 100 % of it. */
    public Duration next() {
        return pause(first, longest, tries++);
    }

    /** The pause behind so many tries, for whoever counts them elsewhere. */
    public static Duration pause(Duration first, Duration longest, int tries) {
        long doubled = first.toNanos() << Math.min(tries, 16);
        long limit = Math.min(doubled, longest.toNanos());
        return Duration.ofNanos(limit / 2 + ThreadLocalRandom.current().nextLong(limit / 2 + 1));
    }

    /** How often {@link #next()} was called since the last success. */
    public int tries() {
        return tries;
    }

    public void succeeded() {
        tries = 0;
    }
}
