package dev.sluice.binlog;

/**
 * The end of a transaction.
 *
 * @param committed false if the log ends it with ROLLBACK; none of its rows was handed on then
 * @param endOffset where the next transaction may start
 */
public record TransactionEnd(boolean committed, String file, long endOffset) {}
