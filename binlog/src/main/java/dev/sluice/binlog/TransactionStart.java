package dev.sluice.binlog;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of a transaction.
 *
 * @param gtid as text ("uuid:7", "uuid:tag:7", MariaDB "0-1-7"), null if it has none
 * @param startOffset offset of its first event; reading from {@code new FilePosition(file, startOffset)} gives exactly
 *     this transaction next
 * @param commitMicros when it was committed on the server where it began, in microseconds since 1970; whole seconds where
 *     the source knows no better
 * @param serverId number of the server where it began
 */
public record TransactionStart(
        @Nullable String gtid, String file, long startOffset, long commitMicros, long serverId) {}
