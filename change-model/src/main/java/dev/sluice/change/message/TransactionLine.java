package dev.sluice.change.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes the source transaction of the row lines that follow it, up to the commit line; repeated at the start of
 * every message that a transaction goes on in.
 *
 * @param gtid of this transaction, null where the source has none
 * @param file binlog file
 * @param offset in it where the transaction starts; a reader that starts there sees it whole
 * @param time commit time at the source, microseconds since 1970
 * @param seq number of the last entry before the transaction's first
 * @param origin site at which the change was first made, null if that is this source
 * @param executed what had been read before this transaction, as GTIDs: a set of MySQL, or the last one of each domain of
 *     MariaDB; only in a message's first transaction line, and in those behind transactions that have left no entries
 * @param server the server the file and offset belong to: UUID of a MySQL, {@code server-<id>} of a MariaDB server; only in
 *     a message's first transaction line
 * @param to names of the pipelines that its rows are for, null if for all
 * @param snapshot name of the snapshot that its rows were copied by; it then is no transaction of the source, and file and
 *     offset are where the source had been read to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransactionLine(
        @Nullable String gtid,
        String file,
        long offset,
        long time,
        long seq,
        @Nullable String origin,
        @Nullable String executed,
        @Nullable String server,
        @Nullable List<String> to,
        @Nullable String snapshot) {
    public TransactionLine(
            @Nullable String gtid,
            String file,
            long offset,
            long time,
            long seq,
            @Nullable String origin,
            @Nullable String executed,
            @Nullable String server) {
        this(gtid, file, offset, time, seq, origin, executed, server, null, null);
    }

    /** The same place, with what had been read before it. */
    public TransactionLine withExecuted(@Nullable String gtids) {
        return new TransactionLine(gtid, file, offset, time, seq, origin, gtids, server, to, snapshot);
    }
}
