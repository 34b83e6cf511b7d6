package dev.sluice.apply.sql;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import java.math.BigDecimal;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Refuses cells of which the target's column would keep less in silence: digits of a number, a time behind a date. */
record ExactCells(CellWriter cells, Loss loss) implements CellWriter {
    private static final int ANY = 1_000;

    /** Looks for what a column would not keep of a cell. */
    @FunctionalInterface
    interface Loss {
        void refuse(byte[] json, int from, int to) throws RefusedCell;
    }

    /** The same writer where nothing can be lost. */
    static CellWriter of(TablePlan.Slot slot, CellWriter cells) {
        TargetTable.Column there = slot.there();
        Loss loss = there == null ? null : loss(slot, there);
        return loss == null ? cells : new ExactCells(cells, loss);
    }

    private static @Nullable Loss loss(TablePlan.Slot slot, TargetTable.Column there) {
        Column source = slot.source();
        String type = source.baseType();
        boolean moment = type.equals("datetime") || type.equals("timestamp") || source.textual();
        if (there.type().equals("date") && moment) {
            return (json, from, to) -> refuseTime(slot, json, from, to);
        }
        if (there.scale() >= 0 && digits(source) > there.scale()) {
            return (json, from, to) -> refuseDigits(slot, there.scale(), json, from, to);
        }
        return switch (there.type()) {
            case "float", "real", "float4" ->
                switch (type) {
                    case "int", "bigint", "decimal", "double" ->
                        (json, from, to) -> refuseUnlessFloat(slot, json, from, to);
                    default -> null;
                };
            case "double", "float8" ->
                switch (type) {
                    case "bigint", "decimal" -> (json, from, to) -> refuseUnlessDouble(slot, json, from, to);
                    default -> null;
                };
            default -> null;
        };
    }

    /** The digits behind the point that a source's column can have. */
    private static int digits(Column column) {
        if (column.textual()) {
            return ANY;
        }
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
            loss.refuse(json, from, to);
        }
        cells.value(out, json, from, to);
    }

    @Override
    public void operand(LineBuffer out, byte[] json, int from, int to) throws SQLException {
        cells.operand(out, json, from, to);
    }

    private static void refuseTime(TablePlan.Slot slot, byte[] json, int from, int to) throws RefusedCell {
        for (int i = from + 12; i < to; i++) {
            if (json[i] >= '1' && json[i] <= '9') {
                throw new RefusedCell(slot, "the value has a time and the column keeps the date alone; widen it");
            }
        }
    }

    private static void refuseDigits(TablePlan.Slot slot, int scale, byte[] json, int from, int to) throws RefusedCell {
        int behind = -1;
        for (int i = from; i < to; i++) {
            byte b = json[i];
            if (b == 'E' || b == 'e') {
                BigDecimal number = number(json, from, to);
                if (number != null && number.stripTrailingZeros().scale() > scale) {
                    throw tooFine(slot, scale);
                }
                return;
            }
            if (b == '.') {
                behind = 0;
            } else if (behind >= 0 && b != '"' && ++behind > scale && b != '0') {
                throw tooFine(slot, scale);
            }
        }
    }

    private static RefusedCell tooFine(TablePlan.Slot slot, int scale) {
        return new RefusedCell(
                slot,
                "the value has more digits behind the point than the " + scale + " that the column keeps; widen it");
    }

    /** Digits that read back the same are kept, as the servers themselves mean it. */
    private static void refuseUnlessFloat(TablePlan.Slot slot, byte[] json, int from, int to) throws RefusedCell {
        BigDecimal number = number(json, from, to);
        if (number == null || number.stripTrailingZeros().precision() <= 6) {
            return;
        }
        float kept = number.floatValue();
        boolean asDouble = slot.source().baseType().equals("double") && kept == number.doubleValue();
        if (!asDouble && Float.isFinite(kept) && new BigDecimal(Float.toString(kept)).compareTo(number) != 0) {
            throw tooMany(slot);
        }
    }

    private static void refuseUnlessDouble(TablePlan.Slot slot, byte[] json, int from, int to) throws RefusedCell {
        BigDecimal number = number(json, from, to);
        if (number == null || number.stripTrailingZeros().precision() <= 15) {
            return;
        }
        if (new BigDecimal(Double.toString(number.doubleValue())).compareTo(number) != 0) {
            throw tooMany(slot);
        }
    }

    private static RefusedCell tooMany(TablePlan.Slot slot) {
        return new RefusedCell(slot, "the value has more digits than the type " + slot.type() + " keeps; widen it");
    }

    /** The number that a cell is; null if it is none, and so for the server to refuse. */
    private static @Nullable BigDecimal number(byte[] json, int from, int to) {
        try {
            return new BigDecimal(CellText.decode(json, from, to).strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
