package dev.sluice.dispatch;

import com.rabbitmq.client.Connection;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import dev.sluice.dispatch.intake.SinkReports;
import dev.sluice.dispatch.intake.SinkReports.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until the target has all that was sent. Rows flow on as long as more than time is needed, such as a person who
 * repairs a parked row; only then does it hold them. Not thread-safe.
 */
final class TargetWait implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TargetWait.class);

    /** An instance that has not reported for so long says nothing about what keeps a partition from going on. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final Comparator<PartitionStatus> BY_PLACE =
            Comparator.comparingLong(PartitionStatus::epoch).thenComparingLong(PartitionStatus::seq);

    /**
     * What happens once the target has all.
     *
     * @param overtakesParked whether rows could be sent that overtake parked ones, so none may be parked
     */
    record Purpose(String text, boolean overtakesParked) {
        /** Behind parked rows of their table, rows are parked as before. */
        static final Purpose REPLAY = new Purpose("a stretch of the source log is sent again", false);

        /** A key may come to another partition than its parked rows. */
        static Purpose otherPartitions(int before, int wanted) {
            return new Purpose(wanted + " partitions take effect instead of " + before, true);
        }
    }

    private final Connection connection;
    private final String pipeline;
    private @Nullable SinkReports reports;
    private Purpose purpose = Purpose.REPLAY;
    private boolean holding;
    private String reason = "";

    /** One that has nothing to wait for yet. */
    TargetWait(Connection connection, String pipeline) {
        this.connection = connection;
        this.pipeline = pipeline;
    }

    /**
     * Looks once; begins to listen if it does not yet.
     *
     * @param seqs last entry of each partition
     * @return whether the target has them all and none is parked that could be overtaken
     */
    boolean over(Purpose wanted, long epoch, List<Long> seqs) throws IOException {
        if (reports == null) {
            reports = new SinkReports(connection, pipeline);
        }
        purpose = wanted;
        List<@Nullable PartitionStatus> places = new ArrayList<>();
        for (int p = 0; p < seqs.size(); p++) {
            List<Report> reported = reports.of(p);
            PartitionStatus place = place(reported);
            places.add(place);
            Optional<String> obstacle = obstacle(reported, place, p);
            if (obstacle.isPresent()) {
                become(false, obstacle.get());
                return false;
            }
        }
        for (int p = 0; p < seqs.size(); p++) {
            PartitionStatus place = places.get(p);
            long at = place == null || place.epoch() != epoch ? 0 : place.seq();
            if (at < seqs.get(p)) {
                become(true, "partition " + p + " has " + at + " of " + seqs.get(p) + " entries");
                return false;
            }
        }
        become(true, "it has all");
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

    /** What is waited for; null if nothing is. */
    @Nullable
    String reason() {
        return reports == null
                ? null
                : "waiting until the target has all that was sent, before " + purpose.text()
                        + (holding ? ": " : "; rows flow as before until then: ") + reason;
    }

    /** Nothing is waited for any more, or what was reported is not so any more. */
    @Override
    public void close() {
        if (reports != null) {
            reports.close();
            reports = null;
        }
        holding = false;
        reason = "";
    }

    private void become(boolean nowHolding, String why) {
        boolean begun = reason.isEmpty() || holding != nowHolding;
        holding = nowHolding;
        reason = why;
        if (begun) {
            LOG.info("pipeline {}: {}", pipeline, reason());
        }
    }

    private Optional<String> obstacle(List<Report> reported, @Nullable PartitionStatus place, int partition) {
        if (place == null) {
            return Optional.of("no sink has reported partition " + partition + " yet");
        }
        Optional<PartitionStatus> stands = reported.stream()
                .filter(report -> System.nanoTime() - report.nanos() < FRESH.toNanos())
                .map(Report::status)
                .filter(status -> status.state() == State.SUSPENDED || status.state() == State.FAILED)
                .findFirst();
        if (stands.isPresent()) {
            return Optional.of("partition " + partition + " is " + stands.get().state() + ": "
                    + stands.get().error());
        }
        if (purpose.overtakesParked() && place.parked() > 0) {
            return Optional.of("partition " + partition + " has " + place.parked() + " parked rows"
                    + (place.parkedTables() == null ? "" : " of " + String.join(", ", place.parkedTables()))
                    + "; repair and replay them, or skip them");
        }
        return Optional.empty();
    }

    /** The furthest that was reported. Of two at one place the one with fewer parked rows is newer. */
    private static @Nullable PartitionStatus place(List<Report> reported) {
        return reported.stream()
                .map(Report::status)
                .filter(status -> status.state() != State.STARTING) // has not asked the target yet
                .max(BY_PLACE.thenComparing(
                        Comparator.comparingLong(PartitionStatus::parked).reversed()))
                .orElse(null);
    }
}
