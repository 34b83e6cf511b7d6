package dev.sluice.binlog.search;

import dev.sluice.binlog.FilePosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place between two transactions.
 *
 * @param executed the GTIDs of everything before it; empty if the source has none
 * @param next commit of the first transaction behind it; null if it is the end of the log
 * @param nextGtid that transaction's GTID; null if there is none
 */
public record Place(
        FilePosition position,
        String executed,
        @Nullable Instant next,
        @Nullable String nextGtid) {}
