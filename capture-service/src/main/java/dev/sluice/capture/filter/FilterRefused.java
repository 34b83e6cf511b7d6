package dev.sluice.capture.filter;

/** A capture filter that does not fit a table; the message names the column and the fix. */
public final class FilterRefused extends RuntimeException {
    FilterRefused(String message) {
        super(message);
    }
}
