package dev.sluice.change.message;

/**
 * Body of a claim: from here on only records of this epoch count.
 *
 * @param after number of the last contiguous entry of the log
 * @param resume where the log ends in the binlog, so that a claim alone is enough to resume from
 */
public record Claim(long epoch, long after, String instance, long time, TransactionLine resume) {}
