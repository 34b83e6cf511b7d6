package dev.sluice.change.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Body of a claim: from here on only records of this epoch count.
 *
 * @param after number of the last contiguous entry of the log
 * @param resume where the log goes on in the binlog, so that a claim alone is enough to resume from
 * @param jump that the log does not go on where it ended; null if it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Claim(
        long epoch,
        long after,
        String instance,
        long time,
        TransactionLine resume,
        @Nullable Jump jump) {
    public Claim(long epoch, long after, String instance, long time, TransactionLine resume) {
        this(epoch, after, instance, time, resume, null);
    }

    /**
     * Changes between two places of the binlog are missing from the log, or are in it twice.
     *
     * @param from where the log ended
     * @param to where it goes on
     * @param reason who or what wanted it, and what it means
     */
    public record Jump(String from, String to, String reason) {}
}
