package dev.sluice.admin.status;

import dev.sluice.change.status.SnapshotStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What captures report of snapshots. Thread-safe. */
@Component
public class SnapshotReports {
    private final StatusBoard board;

    SnapshotReports(StatusBoard board) {
        this.board = board;
    }

    /** The last report on a snapshot by a capture that is alive. */
    public Optional<SnapshotStatus> of(String source, String snapshot, Instant now) {
        return board.capture(source, now)
                .map(capture -> Objects.requireNonNullElse(capture.snapshots(), List.<SnapshotStatus>of()))
                .flatMap(all -> all.stream()
                        .filter(status -> status.name().equals(snapshot))
                        .findFirst());
    }
}
