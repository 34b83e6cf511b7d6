package dev.sluice.redissink.projection;

/** A cache rule that does not fit its table; the message names the table, what is wrong and the fix. */
public final class InvalidCacheRule extends RuntimeException {
    InvalidCacheRule(String message) {
        super(message);
    }
}
