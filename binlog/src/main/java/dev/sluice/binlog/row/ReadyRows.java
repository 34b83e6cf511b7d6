package dev.sluice.binlog.row;

/** The rows of one rows event that were decoded before it was reached; used again for the next event. */
public final class ReadyRows {
    private DecodedRow[] rows = new DecodedRow[0];
    private int from;
    private int to;

    ReadyRows of(DecodedRow[] decoded, int first, int behind) {
        rows = decoded;
        from = first;
        to = behind;
        return this;
    }

    public int count() {
        return to - from;
    }

    /** A row by its number from 0 on. */
    public DecodedRow row(int number) {
        return rows[from + number];
    }
}
