package dev.sluice.admin.status;

import dev.sluice.change.status.CaptureStatus;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Where the source logs end, as captures report it. Thread-safe. */
@Component
public class LogEnds {
    private final StatusBoard board;
    private final Clock clock = Clock.systemUTC();

    LogEnds(StatusBoard board) {
        this.board = board;
    }

    /** The last report of a source's capture, also of one that is dead by now. */
    public Optional<CaptureStatus> of(String source) {
        return board.lastCapture(source, clock.instant());
    }
}
