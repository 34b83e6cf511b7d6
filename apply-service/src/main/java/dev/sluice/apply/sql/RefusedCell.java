package dev.sluice.apply.sql;

import java.sql.SQLException;

/** A cell that the target cannot hold, found out before it is sent; the message tells why, without the value. */
public final class RefusedCell extends SQLException {
    private static final long serialVersionUID = 1;

    /** SQL state of data exceptions. */
    private static final String DATA = "22000";

    RefusedCell(TablePlan.Slot slot, String why) {
        super("column " + slot.name() + ": " + why, DATA);
    }
}
