package dev.sluice.sink.partition;

import java.time.Duration;

/** Knows how long entries have been missing and when to ask for them. Not thread-safe. */
final class GapWatch {
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(10);

    private final Duration patience;
    private boolean open;
    private long since;
    private boolean asked;
    private long askedAt;

    GapWatch(Duration patience) {
        this.patience = patience;
    }

    /** Notes that entries are missing; true if that is new. */
    boolean seen(long nanoTime) {
        if (open) {
            return false;
        }
        open = true;
        asked = false;
        since = nanoTime;
        return true;
    }

    /** The next entries came. */
    void closed() {
        open = false;
    }

    /** Whether to ask for the missing entries now; the answer counts as done. */
    boolean shouldAsk(long nanoTime) {
        if (!open || nanoTime - since < patience.toNanos()) {
            return false;
        }
        if (asked && nanoTime - askedAt < BETWEEN_REQUESTS.toNanos()) {
            return false;
        }
        asked = true;
        askedAt = nanoTime;
        return true;
    }
}
