package dev.sluice.change.config;

import org.jspecify.annotations.Nullable;

/**
 * How a pipeline's rows are applied to a database; what is left out takes its default.
 *
 * @param mode what stays together at the target
 * @param badRows what becomes of a row that the target refuses
 * @param attempts how often such a row is tried before it is parked
 * @param recoveries how often what is parked of a table is tried again without being asked, at growing intervals
 * @param foreignKeys whether the target checks its foreign keys
 * @param missingRows what becomes of an update or delete whose row is not at the target
 */
public record ApplyRules(
        Mode mode,
        BadRows badRows,
        Integer attempts,
        Integer recoveries,
        ForeignKeys foreignKeys,
        MissingRows missingRows) {
    public static final int DEFAULT_ATTEMPTS = 3;
    public static final int DEFAULT_RECOVERIES = 8;

    public static final ApplyRules DEFAULT = new ApplyRules(null, null, null, null, null, null);

    /** What stays together at the target. */
    public enum Mode {
        /** Each key's changes stay in order; rows of a source transaction may become visible one after the other. */
        ROWS,
        /** Source transactions stay whole and in order, all in one partition. */
        TRANSACTION
    }

    /** What becomes of a row that the target refuses. */
    public enum BadRows {
        /** Its partition stops until the row is taken. */
        SUSPEND,
        /** It and later rows of its table on its partition are set aside, in order; other tables go on. */
        PARK
    }

    /** Whether the target checks its foreign keys; cascades happen only if it does. */
    public enum ForeignKeys {
        UNCHECKED,
        CHECKED
    }

    /** What becomes of an update or delete whose row is not at the target; it is counted in any case. */
    public enum MissingRows {
        /** The row is inserted as the source has it, where all its columns are known. */
        INSERT,
        /** Nothing. */
        IGNORE,
        /** It is a bad row. */
        REFUSE
    }

    public ApplyRules(
            @Nullable Mode mode,
            @Nullable BadRows badRows,
            @Nullable Integer attempts,
            @Nullable Integer recoveries,
            @Nullable ForeignKeys foreignKeys,
            @Nullable MissingRows missingRows) {
        this.mode = mode == null ? Mode.ROWS : mode;
        this.badRows = badRows == null ? BadRows.SUSPEND : badRows;
        this.attempts = attempts == null ? DEFAULT_ATTEMPTS : attempts;
        this.recoveries = recoveries == null ? DEFAULT_RECOVERIES : recoveries;
        this.foreignKeys = foreignKeys == null ? ForeignKeys.UNCHECKED : foreignKeys;
        this.missingRows = missingRows == null ? MissingRows.INSERT : missingRows;
    }
}
