package dev.sluice.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets an instance take one pipeline at a time, with a pause after each, so that instances that start together share
 * the pipelines. Thread-safe.
 */
final class TakeTurns {
    private static final Duration PAUSE = Duration.ofMillis(150);

    private final Semaphore turn = new Semaphore(1, true);

    /** Tries to take what {@code attempt} takes. */
    interface Attempt {
        boolean tryTake() throws IOException;
    }

    boolean take(Attempt attempt) throws IOException, InterruptedException {
        turn.acquire();
        try {
            if (!attempt.tryTake()) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            return true;
        } finally {
            turn.release();
        }
    }
}
