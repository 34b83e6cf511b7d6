package dev.sluice.capture.filter;

import dev.sluice.change.config.CaptureFilter;
import org.jspecify.annotations.Nullable;

/**
 * Which filter decides what becomes an entry, and from which entry on another does. Not thread-safe.
 *
 * <p>Entries are numbered by what the filter lets through, so whoever reads a transaction again must read it with the same
 * filter. Of the entries up to {@code behind} somebody may have seen numbers already.
 */
public final class FilterChange {
    private final long behind;
    private CaptureFilter inForce;
    private @Nullable CaptureFilter next;

    private FilterChange(CaptureFilter inForce, @Nullable CaptureFilter next, long behind) {
        this.inForce = inForce;
        this.next = next;
        this.behind = behind;
    }

    /** From one filter to another, at the first end of a transaction with or behind an entry. */
    public static FilterChange of(CaptureFilter logged, CaptureFilter wanted, long behind) {
        return new FilterChange(logged, logged.equals(wanted) ? null : wanted, behind);
    }

    public CaptureFilter inForce() {
        return inForce;
    }

    /** Whether rows of a table have to be read at all. */
    public boolean wants(String schema, String table) {
        return TableRule.kind(schema, table, inForce) != TableRule.Kind.LEFT_OUT;
    }

    /** Whether a table is left out as one that a tool has made for an online schema change. */
    public boolean isGhost(String schema, String table) {
        return inForce.isGhost(schema, table);
    }

    /**
     * Whether another filter is in force from here on; to be asked between two transactions.
     *
     * @param seq number of the last entry read
     */
    public boolean takesEffect(long seq) {
        if (next == null || seq < behind) {
            return false;
        }
        inForce = next;
        next = null;
        return true;
    }
}
