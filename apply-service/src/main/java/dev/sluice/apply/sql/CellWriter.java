package dev.sluice.apply.sql;

import dev.sluice.change.message.LineBuffer;
import java.sql.SQLException;

/**
 * Writes the cells of one column into the text of statements, so that none can end its literal early. An exception says
 * that the target cannot hold a cell.
 */
@FunctionalInterface
interface CellWriter {
    /** Writes a value to store. */
    void value(LineBuffer out, byte[] json, int from, int to) throws SQLException;

    /** Writes a value to compare the column with. */
    default void operand(LineBuffer out, byte[] json, int from, int to) throws SQLException {
        value(out, json, from, to);
    }
}
