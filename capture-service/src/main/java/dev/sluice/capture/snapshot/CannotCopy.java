package dev.sluice.capture.snapshot;

/** A table, or a whole snapshot, cannot be copied as it is; the message says what to do. */
final class CannotCopy extends RuntimeException {
    CannotCopy(String message) {
        super(message);
    }
}
