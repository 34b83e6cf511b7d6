package dev.sluice.change.expression;

import dev.sluice.change.message.LineBuffer;
import java.math.BigDecimal;

/** Functions of dates and times, which are cut out of the text of their cells. */
final class TimeFunctions {
    private static final int DATE_LENGTH = 10;

    private TimeFunctions() {}

    /** A part of a date as a number. */
    static Value digits(Function function, Value value, int from, int to) {
        if (value instanceof Value.Null) {
            return value;
        }
        TextValue time = dated(function, value);
        LineBuffer text = new LineBuffer(32);
        return new NumberValue(to - from, 0, row -> {
            text.clear();
            if (!time.writer().append(row, text)) {
                return null;
            }
            int number = 0;
            for (int i = from; i < to; i++) {
                number = number * 10 + text.array()[i] - '0';
            }
            return BigDecimal.valueOf(number);
        });
    }

    /** The date alone. */
    static Value date(Function function, Value value) {
        if (value instanceof Value.Null) {
            return value;
        }
        TextValue time = dated(function, value);
        return new TextValue("date", DATE_LENGTH, (row, out) -> {
            int start = out.length();
            boolean present = time.writer().append(row, out);
            out.truncate(present ? start + DATE_LENGTH : start);
            return present;
        });
    }

    private static TextValue dated(Function function, Value value) {
        if (value instanceof TextValue text && text.type().startsWith("date")
                || value instanceof TextValue other && other.type().startsWith("timestamp")) {
            return (TextValue) value;
        }
        throw new InvalidExpression(function + " takes a DATE, DATETIME or TIMESTAMP, and gets "
                + (value instanceof TextValue text ? text.what() : "a number"));
    }
}
