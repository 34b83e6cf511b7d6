package dev.sluice.dispatch.mapping;

/** A mapping that does not fit the table it meets; the message names the column and the fix. */
public final class MappingRefused extends RuntimeException {
    MappingRefused(String message) {
        super(message);
    }
}
