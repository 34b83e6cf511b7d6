package dev.sluice.binlog;

/**
 * A statement that is in the log as text: DDL, and whatever else does not change rows.
 *
 * @param schema default schema of the session, may be empty
 * @param sqlMode bits of the session's sql_mode, by which the text is to be read
 * @param serverCollation number of the session's collation_server, which a new schema has if it names none; 0 if unknown
 * @param offset offset of the transaction it belongs to
 * @param timeMicros commit time in microseconds since 1970
 */
public record DdlStatement(
        String schema, String sql, long sqlMode, int serverCollation, String file, long offset, long timeMicros) {}
