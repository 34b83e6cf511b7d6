package dev.sluice.dispatch.intake;

/**
 * Where what is kept of a source log begins.
 *
 * @param entry number of its first entry
 * @param commitMicros commit time of the first transaction, microseconds since 1970; 0 if there is none yet
 */
public record LogBegin(long entry, long commitMicros) {}
