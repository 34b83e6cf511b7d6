package dev.sluice.apply.sql;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import java.math.BigDecimal;
import java.sql.SQLException;

/** Refuses cells of which the target's column would keep less in silence: digits behind the point, a time behind a date. */
record ExactCells(TablePlan.Slot slot, CellWriter cells, int scale, boolean dateOnly) implements CellWriter {
    private static final int ANY = 1_000;

    /** The same writer where nothing can be lost. */
    static CellWriter of(TablePlan.Slot slot, CellWriter cells) {
        TargetTable.Column there = slot.there();
        if (there == null) {
            return cells;
        }
        String type = slot.source().baseType();
        boolean dateOnly = there.type().equals("date") && (type.equals("datetime") || type.equals("timestamp"));
        boolean finer = there.scale() >= 0 && digits(slot.source()) > there.scale();
        return dateOnly || finer ? new ExactCells(slot, cells, there.scale(), dateOnly) : cells;
    }

    /** The digits behind the point that a source's column can have. */
    private static int digits(Column column) {
        return switch (column.baseType()) {
            case "float", "double", "real" -> ANY;
            case "decimal", "numeric" -> argument(column.type(), ',');
            case "datetime", "timestamp", "time" -> argument(column.type(), '(');
            default -> 0;
        };
    }

    private static int argument(String type, char before) {
        int from = type.indexOf(before);
        int to = type.indexOf(')');
        return from < 0 || to < from
                ? 0
                : Integer.parseInt(type.substring(from + 1, to).strip());
    }

    @Override
    public void value(LineBuffer out, byte[] json, int from, int to) throws SQLException {
        if (!CellText.isNull(json, from, to)) {
            check(json, from, to);
        }
        cells.value(out, json, from, to);
    }

    @Override
    public void operand(LineBuffer out, byte[] json, int from, int to) throws SQLException {
        cells.operand(out, json, from, to);
    }

    private void check(byte[] json, int from, int to) throws RefusedCell {
        if (dateOnly) {
            for (int i = from + 12; i < to; i++) {
                if (json[i] >= '1' && json[i] <= '9') {
                    throw new RefusedCell(slot, "the value has a time and the column keeps the date alone; widen it");
                }
            }
            return;
        }
        int behind = -1;
        for (int i = from; i < to; i++) {
            byte b = json[i];
            if (b == 'E' || b == 'e') {
                checkNumber(CellText.decode(json, from, to));
                return;
            }
            if (b == '.') {
                behind = 0;
            } else if (behind >= 0 && b != '"' && ++behind > scale && b != '0') {
                throw tooFine();
            }
        }
    }

    private void checkNumber(String text) throws RefusedCell {
        if (new BigDecimal(text).stripTrailingZeros().scale() > scale) {
            throw tooFine();
        }
    }

    private RefusedCell tooFine() {
        return new RefusedCell(
                slot,
                "the value has more digits behind the point than the " + scale + " that the column keeps; widen it");
    }
}
