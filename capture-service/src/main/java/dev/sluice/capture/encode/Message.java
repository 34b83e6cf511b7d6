package dev.sluice.capture.encode;

import dev.sluice.change.message.TransactionLine;
import org.jspecify.annotations.Nullable;

/**
 * A message of the source log, ready to be published.
 *
 * @param seq number of the first entry; the next entry's number where there is none
 * @param place transaction of the last entry, or the place in the binlog where there is none
 * @param filter the capture filter, as JSON, that decided what became an entry; null for none
 */
public record Message(
        long seq,
        int entries,
        TransactionLine place,
        @Nullable String filter,
        byte[] body) {
    /** Number of the last entry, or of the last one before. */
    public long lastSeq() {
        return seq + entries - 1;
    }
}
