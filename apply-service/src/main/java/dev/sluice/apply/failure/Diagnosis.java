package dev.sluice.apply.failure;

/**
 * A target's error, understood.
 *
 * @param reason without values of rows
 */
public record Diagnosis(Remedy remedy, String reason) {
    /** What helps. */
    public enum Remedy {
        RETRY,
        /** What stands in the way is about the rows or the table of the statement, not about the whole target. */
        RETRY_TABLE,
        REPAIR_ROW,
        CHANGE_SETTING
    }
}
