package dev.sluice.change.status;

/**
 * A table of which rows are left out of the source log.
 *
 * @param since place in the binlog of the first row left out
 */
public record StoppedTable(String schema, String table, String reason, String since) {}
