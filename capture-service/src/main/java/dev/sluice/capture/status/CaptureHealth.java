package dev.sluice.capture.status;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says DOWN if the broker cannot be reached, or if a source of this instance cannot be read or its changes not be
 * published for more than a few seconds. Waiting for a lock that another instance has is UP.
 */
public final class CaptureHealth implements HealthIndicator {
    private final Supplier<@Nullable String> brokerProblem;
    private final Supplier<Collection<CaptureProgress>> captures;
    private long reachableAt = System.nanoTime();

    /**
     * A health indicator.
     *
     * @param brokerProblem why the broker cannot be reached, null if it can
     */
    public CaptureHealth(Supplier<@Nullable String> brokerProblem, Supplier<Collection<CaptureProgress>> captures) {
        this.brokerProblem = brokerProblem;
        this.captures = captures;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        String problem = brokerProblem.get();
        if (lastsToo(problem)) {
            health.down().withDetail("broker", String.valueOf(problem));
        }
        for (CaptureProgress capture : captures.get()) {
            health.withDetail(capture.source(), capture.status().state());
            capture.problem().ifPresent(why -> health.down().withDetail(capture.source(), why));
        }
        return health.build();
    }

    private synchronized boolean lastsToo(@Nullable String problem) {
        if (problem == null) {
            reachableAt = System.nanoTime();
            return false;
        }
        return Duration.ofNanos(System.nanoTime() - reachableAt).compareTo(CaptureProgress.GRACE) > 0;
    }
}
