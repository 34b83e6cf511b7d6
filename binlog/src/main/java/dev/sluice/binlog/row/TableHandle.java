package dev.sluice.binlog.row;

/** A table map that is ready to decode rows with: what the reader hands from a TABLE_MAP event to its row events. */
public final class TableHandle {
    private final DecodePlan plan;

    TableHandle(DecodePlan plan) {
        this.plan = plan;
    }

    DecodePlan plan() {
        return plan;
    }

    public TableShape shape() {
        return plan.shape();
    }

    public int columns() {
        return plan.columns();
    }
}
