package dev.sluice.binlog;

/**
 * A statement that is in the log as text: DDL, and whatever else does not change rows.
 *
 * @param schema default schema of the session, may be empty
 * @param offset offset of the transaction it belongs to
 * @param timeMicros commit time in microseconds since 1970
 */
public record DdlStatement(String schema, String sql, String file, long offset, long timeMicros) {}
