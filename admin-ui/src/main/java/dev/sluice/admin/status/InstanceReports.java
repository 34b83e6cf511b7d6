package dev.sluice.admin.status;

import dev.sluice.change.status.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What one instance has reported lately. Not thread-safe: owned by {@link Fleet}. */
final class InstanceReports {
    /** Longest window that anything is computed over, and some more. */
    private static final Duration KEPT = Duration.ofSeconds(40);

    private final Deque<ServiceStatus> reports = new ArrayDeque<>();
    private Instant lastSeen = Instant.EPOCH;

    void add(ServiceStatus status, Instant now) {
        lastSeen = now;
        reports.addLast(status);
        while (reports.size() > 1
                && Duration.between(reports.getFirst().time(), status.time()).compareTo(KEPT) > 0) {
            reports.removeFirst();
        }
    }

    ServiceStatus latest() {
        return reports.getLast();
    }

    Instant lastSeen() {
        return lastSeen;
    }

    /** The oldest report within a window that ends with the latest; empty if there is no other report in it. */
    Optional<ServiceStatus> before(Duration window) {
        ServiceStatus latest = latest();
        return reports.stream()
                .filter(report -> report != latest)
                .filter(report -> Duration.between(report.time(), latest.time()).compareTo(window) <= 0)
                .filter(report -> report.time().isBefore(latest.time()))
                .findFirst();
    }
}
