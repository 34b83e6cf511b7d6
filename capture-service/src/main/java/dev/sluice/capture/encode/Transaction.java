package dev.sluice.capture.encode;

import dev.sluice.change.message.TransactionLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source transaction being read.
 *
 * @param offset where in the file it starts
 * @param time of its commit, microseconds since 1970
 * @param copy the snapshot that copied its rows; null for a transaction of the source
 * @param seq number of the last entry before its first; the encoder sets it
 */
public record Transaction(
        @Nullable String gtid,
        String file,
        long offset,
        long time,
        @Nullable Copy copy,
        long seq) {
    /** Rows copied by a snapshot for some pipelines. */
    public record Copy(String snapshot, List<String> pipelines) {}

    public Transaction(@Nullable String gtid, String file, long offset, long time) {
        this(gtid, file, offset, time, null, 0);
    }

    /** What stands for a transaction where a snapshot has copied rows; reading goes on at the place. */
    public static Transaction copied(Copy copy, String file, long offset, long time) {
        return new Transaction(null, file, offset, time, copy, 0);
    }

    Transaction before(long lastSeq) {
        return new Transaction(gtid, file, offset, time, copy, lastSeq);
    }

    TransactionLine line(@Nullable String origin, @Nullable String executedBefore, @Nullable String server) {
        return new TransactionLine(
                gtid,
                file,
                offset,
                time,
                seq,
                origin,
                executedBefore,
                server,
                copy == null ? null : copy.pipelines(),
                copy == null ? null : copy.snapshot());
    }
}
