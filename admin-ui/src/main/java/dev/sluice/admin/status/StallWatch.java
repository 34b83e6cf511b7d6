package dev.sluice.admin.status;

import dev.sluice.admin.status.StatusView.Stall;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.PartitionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the stage at which one pipeline stands although something waits before it. Of several the one nearest to the
 * target is named, for what waits there holds up all before it. Remembers since when each place has not moved. Not
 * thread-safe.
 */
final class StallWatch {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Mark(Object place, Instant since) {}

    private final Map<String, Mark> marks = new HashMap<>();
    private long unread;
    private int growths;

    /** Looks once. */
    Optional<Stall> look(
            Optional<Reported<CaptureStatus>> capture,
            long captured,
            long dispatched,
            Optional<Reported<DispatchStatus>> dispatch,
            List<Reported<PartitionStatus>> partitions,
            Instant now) {
        Stall stall = null;
        if (captureStands(capture, now)) {
            stall = since("capture", "the source writes, the capture does not read on");
        }
        if (stands("dispatcher", captured > dispatched, dispatched, now)) {
            String error = dispatch.map(found -> found.status().error()).orElse(null);
            stall = since(
                    "dispatcher",
                    "the source log grows, nothing is sent to the partitions" + (error == null ? "" : ": " + error));
        }
        if (dispatch.isEmpty()) {
            return Optional.ofNullable(stall);
        }
        DispatchStatus sent = dispatch.get().status();
        for (int p = 0; p < sent.partitionSeqs().size(); p++) {
            int number = p;
            Reported<PartitionStatus> partition = partitions.stream()
                    .filter(each -> each.status().partition() == number)
                    .findFirst()
                    .orElse(null);
            long applied = partition == null ? 0 : Backlog.applied(sent, partition);
            List<Long> place = List.of(partition == null ? 0 : partition.epoch(), applied);
            boolean named = stall != null && stall.stage().equals("apply");
            if (stands("apply " + p, sent.partitionSeqs().get(p) > applied, place, now) && !named) {
                String error = partition == null ? null : partition.status().error();
                stall = new Stall(
                        "apply",
                        mark("apply " + p).since(),
                        "entries wait for partition " + p + ", its target does not move"
                                + (error == null ? "" : ": " + error));
            }
        }
        return Optional.ofNullable(stall);
    }

    /** A place at the start of the last transaction leaves some binlog unread for ever: what counts is that it grows. */
    private boolean captureStands(Optional<Reported<CaptureStatus>> capture, Instant now) {
        if (capture.isEmpty() || !capture.get().alive()) {
            return false;
        }
        CaptureStatus status = capture.get().status();
        List<Object> place = List.of(String.valueOf(status.file()), status.offset(), status.seq());
        Mark before = marks.get("capture");
        if (before == null || !before.place().equals(place)) {
            growths = 0;
        }
        long behind = status.server() == null || status.server().purge() == null
                ? 0
                : status.server().purge().behindBytes();
        growths += behind > unread ? 1 : 0;
        unread = behind;
        if (growths == 0 || before == null) {
            marks.put("capture", new Mark(place, now));
            return false;
        }
        return growths >= 2 && Duration.between(before.since(), now).compareTo(PATIENCE) >= 0;
    }

    private boolean stands(String stage, boolean waiting, Object place, Instant now) {
        Mark before = marks.get(stage);
        if (before == null || !waiting || !before.place().equals(place)) {
            marks.put(stage, new Mark(place, now));
            return false;
        }
        return Duration.between(before.since(), now).compareTo(PATIENCE) >= 0;
    }

    private Stall since(String stage, String reason) {
        return new Stall(stage, mark(stage).since(), reason);
    }

    private Mark mark(String stage) {
        return Objects.requireNonNull(marks.get(stage));
    }
}
