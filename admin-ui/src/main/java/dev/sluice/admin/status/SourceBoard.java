package dev.sluice.admin.status;

import dev.sluice.admin.status.StatusView.ShownState;
import dev.sluice.admin.status.StatusView.SourceView;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes of the reports on a source what is shown of it. */
final class SourceBoard {
    /** A source that is idle is heard from at least this often. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Fleet fleet;

    SourceBoard(Fleet fleet) {
        this.fleet = fleet;
    }

    /** {@code wanted} says whether some pipeline reads from it. */
    SourceView view(DataSource source, boolean wanted, Instant now) {
        Optional<Reported<CaptureStatus>> found = fleet.capture(source.name(), now);
        double rate = fleet.capturedPerSecond(source.name(), now);
        if (found.isEmpty()) {
            return new SourceView(
                    source.name(),
                    wanted ? ShownState.UNKNOWN : ShownState.STOPPED,
                    wanted ? noCapture(now) : null,
                    null,
                    0,
                    0,
                    null,
                    0,
                    null,
                    0,
                    0);
        }
        CaptureStatus capture = found.get().status();
        boolean alive = found.get().alive();
        ShownState state = alive ? ShownState.of(capture.state()) : wanted ? ShownState.UNKNOWN : ShownState.STOPPED;
        return new SourceView(
                source.name(),
                state,
                alive ? capture.error() : wanted ? noCapture(now) : null,
                alive ? found.get().instance() : null,
                capture.seq(),
                rate,
                capture.file(),
                capture.offset(),
                capture.gtid(),
                capture.commitMicros(),
                alive ? behind(capture, rate, now) : 0);
    }

    private String noCapture(Instant now) {
        return fleet.hasAlive("capture", now)
                ? "no capture instance has taken it up yet"
                : "no capture instance is alive; start capture-service";
    }

    /** While rows come, their age tells; while none do, only how long the source was not heard from. */
    static long behind(CaptureStatus capture, double rowsPerSecond, Instant now) {
        if (capture.state() != State.RUNNING && capture.state() != State.RETRYING) {
            return 0;
        }
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        if (rowsPerSecond > 0 && capture.commitMicros() > 0) {
            return Math.max(0, micros - capture.commitMicros());
        }
        long silence = capture.readMicros() == 0 ? 0 : micros - capture.readMicros();
        return silence * 1000 > HEARTBEAT.toNanos() ? silence : 0;
    }
}
