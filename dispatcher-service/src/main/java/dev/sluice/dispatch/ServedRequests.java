package dev.sluice.dispatch;

import dev.sluice.dispatch.intake.RewindRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The last request of each partition that was answered: a sink repeats it while what it asked for is on its way. */
final class ServedRequests {
    private static final long SAME_NANOS = Duration.ofSeconds(60).toNanos();

    private record Served(RewindRequest request, long nanos) {}

    private final Map<Integer, Served> last = new HashMap<>();

    /** Whether the same was answered less than a minute ago. */
    boolean lately(RewindRequest request) {
        Served served = last.get(request.partition());
        return served != null && served.request().equals(request) && System.nanoTime() - served.nanos() < SAME_NANOS;
    }

    void add(RewindRequest request) {
        last.put(request.partition(), new Served(request, System.nanoTime()));
    }
}
