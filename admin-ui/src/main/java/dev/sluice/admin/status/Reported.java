package dev.sluice.admin.status;

import dev.sluice.change.status.State;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that several instances may report on, as one of them does.
 *
 * @param alive whether the instance reported within the last seconds
 */
record Reported<T>(T status, State state, long epoch, long seq, String instance, boolean alive) {
    /** The report to believe: of a living instance that is at work, and the furthest of several. */
    static <T> Optional<Reported<T>> best(Stream<Reported<T>> reports) {
        return reports.max(Comparator.<Reported<T>>comparingInt(report -> report.atWork() ? 2 : report.alive ? 1 : 0)
                .thenComparing(byPlace()));
    }

    /** The furthest last. */
    static <T> Comparator<Reported<T>> byPlace() {
        return Comparator.<Reported<T>>comparingLong(Reported::epoch).thenComparingLong(Reported::seq);
    }

    /** Whether it does not say how far it is. */
    boolean placeUnknown() {
        return epoch == 0 && seq == 0 && (state == State.STANDBY || state == State.STARTING);
    }

    private boolean atWork() {
        return alive && state != State.STANDBY && state != State.STOPPED;
    }
}
