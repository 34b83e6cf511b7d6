package dev.sluice.testsupport.servers;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for a server to do its work. */
final class Polling {
    private Polling() {}

    /** {@code state} is asked before every attempt; it throws when waiting is in vain, and else describes the server. */
    static void until(LocalProcess.Readiness readiness, Duration limit, Supplier<String> state) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            String description = state.get();
            @Nullable Exception reason = null;
            try {
                if (readiness.isReady()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw interrupted(description, e);
            } catch (Exception e) {
                reason = e;
            }
            if (System.nanoTime() > deadline) {
                String message = "no answer within " + limit + ": " + description;
                throw reason == null ? new ServerStartException(message) : new ServerStartException(message, reason);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw interrupted(description, e);
            }
        }
    }

    private static ServerStartException interrupted(String description, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ServerStartException("interrupted while waiting: " + description, cause);
    }
}
