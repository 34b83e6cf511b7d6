package dev.sluice.change.config;

import org.jspecify.annotations.Nullable;

/**
 * How a pipeline's rows are applied to a database when something is wrong with them, and which statements are; what is left
 * out takes its default.
 *
 * @param onBadRow what becomes of a row that the target refuses
 * @param attempts how often a batch is tried whose rows of one table meet a passing error, such as a lock, before that
 *     counts as refused; 0 for ever
 * @param recoveries how often what is suspended or parked is tried again without being asked, at growing intervals
 * @param missingRow what becomes of an update or delete whose row is not at the target
 * @param ddl what becomes of statements that change tables
 */
public record ApplyRules(BadRow onBadRow, Integer attempts, Integer recoveries, MissingRow missingRow, DdlRules ddl) {
    public static final int DEFAULT_RECOVERIES = 10;

    public static final ApplyRules DEFAULT = new ApplyRules(null, null, null, null);

    /** What becomes of a row that the target refuses. */
    public enum BadRow {
        /** Its partition stops until the row is taken; the pipeline is suspended. */
        SUSPEND,
        /** It and later rows of its table on its partition are set aside, in order; other tables go on. */
        PARK
    }

    /** What becomes of an update or delete whose row is not at the target; it is counted in any case. */
    public enum MissingRow {
        /** Nothing more: the target goes without the row. */
        COUNT,
        /** An update inserts the row as the source has it; one that does not tell the whole row is a bad row. */
        UPSERT,
        /** As UPSERT, but an update that does not tell the whole row is only counted: a copy of the row comes or came. */
        UPSERT_WHOLE,
        /** It is a bad row. */
        PARK
    }

    public ApplyRules(
            @Nullable BadRow onBadRow,
            @Nullable Integer attempts,
            @Nullable Integer recoveries,
            @Nullable MissingRow missingRow) {
        this(onBadRow, attempts, recoveries, missingRow, null);
    }

    public ApplyRules(
            @Nullable BadRow onBadRow,
            @Nullable Integer attempts,
            @Nullable Integer recoveries,
            @Nullable MissingRow missingRow,
            @Nullable DdlRules ddl) {
        this.onBadRow = onBadRow == null ? BadRow.SUSPEND : onBadRow;
        this.attempts = attempts == null ? 0 : attempts;
        this.recoveries = recoveries == null ? DEFAULT_RECOVERIES : recoveries;
        this.missingRow = missingRow == null ? MissingRow.UPSERT : missingRow;
        this.ddl = ddl == null ? DdlRules.IGNORE : ddl;
    }

    /** The same while a snapshot, done or not, is in the configuration: rows of its tables may not be there yet. */
    public ApplyRules whileCopying() {
        return missingRow == MissingRow.UPSERT
                ? new ApplyRules(onBadRow, attempts, recoveries, MissingRow.UPSERT_WHOLE, ddl)
                : this;
    }

    /** The same with other rules for statements. */
    public ApplyRules withDdl(DdlRules other) {
        return new ApplyRules(onBadRow, attempts, recoveries, missingRow, other);
    }
}
