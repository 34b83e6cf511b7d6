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
        REPAIR_ROW,
        CHANGE_SETTING
    }
}
