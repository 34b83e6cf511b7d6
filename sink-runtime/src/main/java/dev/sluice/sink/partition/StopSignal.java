package dev.sluice.sink.partition;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a worker to stop, also while it pauses. Thread-safe. */
final class StopSignal {
    private final CountDownLatch raised = new CountDownLatch(1);

    void raise() {
        raised.countDown();
    }

    boolean isRaised() {
        return raised.getCount() == 0;
    }

    /** Waits; true if it was raised meanwhile. */
    boolean pause(Duration pause) throws InterruptedException {
        return raised.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
