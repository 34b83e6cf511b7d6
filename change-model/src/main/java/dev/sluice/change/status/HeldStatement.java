package dev.sluice.change.status;

/**
 * A statement before which a pipeline waits until the operator says what becomes of it.
 *
 * @param entry its number in the source log, by which it is answered
 * @param sql its text as at the source; of a long one the beginning
 * @param reason why the pipeline waits
 * @param applicable whether it can be applied; otherwise the target is changed by hand and the statement ignored
 */
public record HeldStatement(long entry, String sql, String reason, boolean applicable) {}
