package dev.sluice.apply.sql;

import dev.sluice.change.message.LineBuffer;

/** Writes the cells of one column into the text of statements, so that none can end its literal early. */
interface CellWriter {
    /** Writes a value to store. */
    void value(LineBuffer out, byte[] json, int from, int to);

    /** Writes a value to compare the column with. */
    void operand(LineBuffer out, byte[] json, int from, int to);
}
