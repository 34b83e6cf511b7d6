package dev.sluice.change.expression;

import dev.sluice.change.condition.RowImage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An exact number.
 *
 * @param precision digits that it has at most
 * @param scale digits behind the point that it has at most; a value that CASE chose keeps the fewer ones of its own
 */
record NumberValue(int precision, int scale, Reader reader) implements Value {
    private static final int MOST_DIGITS = 65;
    private static final int MOST_DECIMALS = 30;

    /** Makes it from a row; null for NULL. */
    @FunctionalInterface
    interface Reader {
        @Nullable
        BigDecimal of(RowImage row);
    }

    NumberValue {
        if (precision > MOST_DIGITS || scale > MOST_DECIMALS) {
            throw new InvalidExpression("gives numbers of up to " + precision + " digits, " + scale
                    + " of them behind the point, and a DECIMAL has at most " + MOST_DIGITS + " and " + MOST_DECIMALS
                    + "; use fewer factors, or ROUND them");
        }
    }

    int wholeDigits() {
        return precision - scale;
    }

    /** The same value as a function makes it, with all digits behind the point. */
    BigDecimal whole(BigDecimal value) {
        return value.scale() == scale ? value : value.setScale(scale, RoundingMode.UNNECESSARY);
    }

    NumberValue padded() {
        return with(value -> value);
    }

    NumberValue absolute() {
        return with(BigDecimal::abs);
    }

    NumberValue negated() {
        return with(BigDecimal::negate);
    }

    private NumberValue with(UnaryOperator<BigDecimal> function) {
        return new NumberValue(precision, scale, row -> {
            BigDecimal value = reader.of(row);
            return value == null ? null : function.apply(whole(value));
        });
    }

    /** Rounded, halves away from zero. */
    NumberValue rounded(int digits) {
        int whole = digits < scale ? wholeDigits() + 1 : wholeDigits();
        return new NumberValue(Math.max(1, whole + digits), digits, row -> {
            BigDecimal value = reader.of(row);
            return value == null ? null : value.setScale(digits, RoundingMode.HALF_UP);
        });
    }
}
