package dev.sluice.change.expression;

import java.math.BigDecimal;

/** What a part of an expression gives for the rows of one table. */
sealed interface Value permits TextValue, NumberValue, Value.Null {
    /** NULL in every row; it goes with text and with numbers. */
    record Null() implements Value {}

    /** As text, which numbers and times can be written as. */
    default TextValue asText() {
        if (this instanceof TextValue text) {
            return text.plain();
        }
        if (this instanceof NumberValue number) {
            return TextValue.of(number.precision() + 2, (row, out) -> {
                BigDecimal value = number.reader().of(row);
                if (value != null) {
                    out.ascii(value.toPlainString());
                }
                return value != null;
            });
        }
        return TextValue.of(0, (row, out) -> false);
    }

    /** As a number, which text never is. */
    default NumberValue asNumber(String where) {
        if (this instanceof NumberValue number) {
            return number;
        }
        if (this instanceof TextValue text) {
            throw new InvalidExpression(
                    where + " needs numbers, and gets " + text.what() + "; use whole numbers and DECIMAL columns only");
        }
        return new NumberValue(1, 0, row -> null);
    }
}
