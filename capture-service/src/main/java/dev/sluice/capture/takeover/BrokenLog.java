package dev.sluice.capture.takeover;

/** A source log that cannot be continued without a decision by a person; the message says which. */
public final class BrokenLog extends RuntimeException {
    BrokenLog(String message) {
        super(message);
    }
}
