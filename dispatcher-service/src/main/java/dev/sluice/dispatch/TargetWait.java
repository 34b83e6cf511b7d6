package dev.sluice.dispatch;

import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import dev.sluice.dispatch.intake.SinkReports;
import dev.sluice.dispatch.intake.SinkReports.Report;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the target has all that was sent. Rows flow on as long as more than time is needed, such as a person who
 * repairs a parked row; only then does it hold them. Not thread-safe.
 */
final class TargetWait implements AutoCloseable {
    /** An instance that has not reported for so long says nothing about what keeps a partition from going on. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final Comparator<PartitionStatus> BY_PLACE =
            Comparator.comparingLong(PartitionStatus::epoch).thenComparingLong(PartitionStatus::seq);

    private final SinkReports reports;
    private final String purpose;
    private boolean holding;
    private String reason = "no sink has reported yet";

    /** Begins to listen; {@code purpose} says what happens once the target has all. */
    TargetWait(SinkReports reports, String purpose) {
        this.reports = reports;
        this.purpose = purpose;
    }

    /**
     * Looks once.
     *
     * @param seqs last entry of each partition
     * @return whether the target has them all and none is parked
     */
    boolean over(long epoch, List<Long> seqs) {
        for (int p = 0; p < seqs.size(); p++) {
            Optional<String> obstacle = obstacle(p);
            if (obstacle.isPresent()) {
                holding = false;
                reason = obstacle.get();
                return false;
            }
        }
        holding = true;
        for (int p = 0; p < seqs.size(); p++) {
            PartitionStatus place = place(p);
            long at = place == null || place.epoch() != epoch ? 0 : place.seq();
            if (at < seqs.get(p)) {
                reason = "partition " + p + " has " + at + " of " + seqs.get(p) + " entries";
                return false;
            }
        }
        return true;
    }

    /** Whether nothing is to be sent meanwhile. */
    boolean holds() {
        return holding;
    }

    /** Lets rows flow. */
    void release() {
        holding = false;
    }

    /** What is waited for. */
    String reason() {
        return "waiting until the target has all that was sent, before " + purpose
                + (holding ? ": " : "; rows flow as before until then: ") + reason;
    }

    @Override
    public void close() {
        reports.close();
    }

    private Optional<String> obstacle(int partition) {
        PartitionStatus place = place(partition);
        if (place == null) {
            return Optional.of("no sink has reported partition " + partition + " yet");
        }
        Optional<PartitionStatus> stands = reports.of(partition).stream()
                .filter(report -> System.nanoTime() - report.nanos() < FRESH.toNanos())
                .map(Report::status)
                .filter(status -> status.state() == State.SUSPENDED || status.state() == State.FAILED)
                .findFirst();
        if (stands.isPresent()) {
            return Optional.of("partition " + partition + " is " + stands.get().state() + ": "
                    + stands.get().error());
        }
        if (place.parked() > 0) {
            return Optional.of("partition " + partition + " has " + place.parked() + " parked rows"
                    + (place.parkedTables() == null ? "" : " of " + String.join(", ", place.parkedTables()))
                    + "; repair and replay them, or skip them");
        }
        return Optional.empty();
    }

    /** The furthest that was reported. Of two at one place the one with fewer parked rows is newer. */
    private @Nullable PartitionStatus place(int partition) {
        return reports.of(partition).stream()
                .map(Report::status)
                .filter(status -> status.state() != State.STARTING) // has not asked the target yet
                .max(BY_PLACE.thenComparing(
                        Comparator.comparingLong(PartitionStatus::parked).reversed()))
                .orElse(null);
    }
}
