package dev.sluice.change.condition;

/** A condition that cannot be understood or does not fit a table; the message names the part and the fix. */
public final class InvalidCondition extends RuntimeException {
    InvalidCondition(String message) {
        super(message);
    }
}
