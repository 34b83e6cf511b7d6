package dev.sluice.binlog.row;

import java.util.Arrays;

/** A table map that is ready to decode rows with: what the reader hands from a TABLE_MAP event to its row events. */
public final class TableHandle {
    private final DecodePlan plan;
    private final boolean shareable;

    TableHandle(DecodePlan plan) {
        this.plan = plan;
        shareable = Arrays.stream(plan.charsets()).allMatch(TextCharset::shareable);
    }

    DecodePlan plan() {
        return plan;
    }

    /** Whether several threads may decode its rows at once. */
    boolean shareable() {
        return shareable;
    }

    public TableShape shape() {
        return plan.shape();
    }

    public int columns() {
        return plan.columns();
    }
}
