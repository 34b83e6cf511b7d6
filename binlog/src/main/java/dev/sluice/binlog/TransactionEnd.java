package dev.sluice.binlog;

/**
 * The end of a transaction.
 *
 * @param committed false if the log ends it with ROLLBACK; the rows in front of it then are of tables without
 *     transactions and did change
 * @param endOffset where the next transaction may start
 */
public record TransactionEnd(boolean committed, String file, long endOffset) {}
