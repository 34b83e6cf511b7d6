package dev.sluice.dispatch.intake;

import org.jspecify.annotations.Nullable;

/**
 * A place in the source log.
 *
 * @param epoch of the record at {@code offset}
 * @param seq last entry that is dispatched
 * @param offset of the record that holds it; a hint, for a broker that lost its tail uses offsets again
 * @param transaction what the entry's transaction is called at the source, by which a log that was begun anew is
 *     known; null if unknown
 */
public record Place(
        long epoch, long seq, long offset, @Nullable String transaction) {}
