package dev.sluice.capture.encode;

import dev.sluice.change.message.TransactionLine;
import org.jspecify.annotations.Nullable;

/**
 * A source transaction being read.
 *
 * @param offset where in the file it starts
 * @param time of its commit, microseconds since 1970
 * @param executed GTID set of everything before it
 * @param seq number of the last entry before its first; the encoder sets it
 */
public record Transaction(
        @Nullable String gtid,
        String file,
        long offset,
        long time,
        @Nullable String executed,
        long seq) {
    public Transaction(@Nullable String gtid, String file, long offset, long time, @Nullable String executed) {
        this(gtid, file, offset, time, executed, 0);
    }

    Transaction before(long lastSeq) {
        return new Transaction(gtid, file, offset, time, executed, lastSeq);
    }

    TransactionLine line(@Nullable String origin, @Nullable String executedBefore, @Nullable String server) {
        return new TransactionLine(gtid, file, offset, time, seq, origin, executedBefore, server);
    }
}
