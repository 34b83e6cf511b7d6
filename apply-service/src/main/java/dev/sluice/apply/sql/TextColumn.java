package dev.sluice.apply.sql;

import java.nio.charset.StandardCharsets;

/**
 * A column as it stands in statements.
 *
 * @param quoted its name
 * @param utf8 the same as bytes
 */
record TextColumn(TablePlan.Slot slot, String quoted, byte[] utf8, CellWriter cells) {
    static TextColumn of(TablePlan.Slot slot, TextSyntax syntax) {
        String quoted = syntax.quote(slot.name());
        return new TextColumn(
                slot, quoted, quoted.getBytes(StandardCharsets.UTF_8), ExactCells.of(slot, syntax.cells(slot)));
    }

    int ordinal() {
        return slot.ordinal();
    }
}
