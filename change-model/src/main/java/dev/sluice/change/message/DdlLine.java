package dev.sluice.change.message;

/**
 * A statement other than a row change; it counts as one entry.
 *
 * @param schema default schema it ran in, empty if none
 * @param time at the source, microseconds since 1970
 */
public record DdlLine(String schema, String sql, long time) {}
