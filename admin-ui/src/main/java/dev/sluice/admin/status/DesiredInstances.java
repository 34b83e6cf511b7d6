package dev.sluice.admin.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many instances the work of one pipeline asks for at one service.
 *
 * <p>The rule: what one instance can do is what one did lately while it had more waiting than it does in two seconds.
 * Asked for are as many as take what arrives, and in a minute what waits, at four fifths of what they can; at most as
 * many as there are partitions, and never fewer than the most that were asked for within the last three minutes, so that
 * a short lull stops nobody. While nothing moves, more instances would not help, and the number stays. Not thread-safe.
 */
final class DesiredInstances {
    static final Duration CATCH_UP = Duration.ofMinutes(1);
    static final Duration KEPT = Duration.ofMinutes(3);

    private static final double USED = 0.8;
    private static final double BUSY_SECONDS = 2;
    /** How much a new measurement counts. */
    private static final double WEIGHT = 0.3;

    private record Asked(Instant time, double share) {}

    private final Deque<Asked> lately = new ArrayDeque<>();
    private double capacity;

    /**
     * Takes a look into account.
     *
     * @param arriving entries a second
     * @param waiting entries
     * @param done entries a second
     * @param working instances that did it
     * @param most instances that could share the work
     * @return instances as a fraction, so that those of several pipelines can be added before they are rounded up
     */
    double look(double arriving, long waiting, double done, int working, int most, Instant now) {
        int instances = Math.max(1, working);
        if (done > 0) {
            measure(done / instances, waiting > done * BUSY_SECONDS);
        }
        lately.removeIf(asked -> Duration.between(asked.time(), now).compareTo(KEPT) > 0);
        double share;
        if (done <= 0 && waiting > 0) {
            share = lately.isEmpty()
                    ? Math.min(most, instances)
                    : lately.peekLast().share();
        } else if (capacity == 0) {
            share = 0;
        } else {
            double needed = Math.max(arriving, 0) + waiting / (double) CATCH_UP.toSeconds();
            share = Math.min(most, needed / (capacity * USED));
        }
        lately.addLast(new Asked(now, share));
        return lately.stream().mapToDouble(Asked::share).max().orElse(0);
    }

    /** Whole instances: at least one. */
    static int whole(double share) {
        return Math.max(1, (int) Math.ceil(share - 1e-9));
    }

    private void measure(double each, boolean busy) {
        if (busy) {
            capacity = capacity == 0 ? each : capacity * (1 - WEIGHT) + each * WEIGHT;
        } else {
            capacity = Math.max(capacity, each);
        }
    }
}
