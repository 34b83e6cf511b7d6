package dev.sluice.change.expression;

import dev.sluice.change.condition.RowImage;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Values of which a row gets one, and which therefore must be of one kind. */
final class Alternatives {
    private Alternatives() {}

    /** Says which value a row gets. */
    @FunctionalInterface
    interface Chooser {
        int of(RowImage row);
    }

    /** The chosen one; a number has the digits behind the point that it has. */
    static Value chosen(String where, List<Value> values, Chooser chooser) {
        return join(
                where,
                values,
                numbers -> row -> numbers.get(chooser.of(row)).reader().of(row),
                texts -> (row, out) -> texts.get(chooser.of(row)).writer().append(row, out));
    }

    /** The first that is not NULL; a number has as many digits behind the point as the one with most. */
    static Value firstPresent(String where, List<Value> values) {
        Value first = join(
                where,
                values,
                numbers -> row -> numbers.stream()
                        .map(number -> number.reader().of(row))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                texts -> (row, out) ->
                        texts.stream().anyMatch(text -> text.writer().append(row, out)));
        return first instanceof NumberValue number ? number.padded() : first;
    }

    /** The value, or NULL where it is the same as another; text compares byte by byte. */
    static Value unlessSame(Value value, Value other) {
        if (value instanceof Value.Null || other instanceof Value.Null) {
            return value;
        }
        if (value instanceof NumberValue one && other instanceof NumberValue twin) {
            return new NumberValue(one.precision(), one.scale(), row -> {
                BigDecimal first = one.reader().of(row);
                BigDecimal second = first == null ? null : twin.reader().of(row);
                return second != null && second.compareTo(first) == 0 ? null : first;
            });
        }
        if (value instanceof TextValue one
                && other instanceof TextValue twin
                && one.type().equals(twin.type())) {
            return new TextValue(one.type(), one.longest(), (row, out) -> {
                int start = out.length();
                if (!one.writer().append(row, out)) {
                    return false;
                }
                int end = out.length();
                boolean same = twin.writer().append(row, out)
                        && Arrays.equals(out.array(), start, end, out.array(), end, out.length());
                out.truncate(same ? start : end);
                return !same;
            });
        }
        throw mixed("NULLIF", value, other);
    }

    private static Value join(
            String where,
            List<Value> values,
            Function<List<NumberValue>, NumberValue.Reader> ofNumbers,
            Function<List<TextValue>, TextValue.Writer> ofTexts) {
        Value kind = values.stream()
                .filter(value -> !(value instanceof Value.Null))
                .findFirst()
                .orElse(values.get(0));
        if (kind instanceof NumberValue) {
            int scale = values.stream()
                    .mapToInt(value -> value instanceof NumberValue number ? number.scale() : 0)
                    .max()
                    .orElse(0);
            List<NumberValue> numbers =
                    values.stream().map(value -> number(where, kind, value)).toList();
            int whole =
                    numbers.stream().mapToInt(NumberValue::wholeDigits).max().orElse(1);
            return new NumberValue(whole + scale, scale, ofNumbers.apply(numbers));
        }
        if (kind instanceof TextValue text) {
            List<TextValue> texts =
                    values.stream().map(value -> text(where, text, value)).toList();
            int longest = texts.stream().mapToInt(TextValue::longest).max().orElse(1);
            return new TextValue(text.type(), longest, ofTexts.apply(texts));
        }
        return kind;
    }

    private static NumberValue number(String where, Value kind, Value value) {
        if (value instanceof TextValue) {
            throw mixed(where, kind, value);
        }
        return value.asNumber(where);
    }

    private static TextValue text(String where, TextValue kind, Value value) {
        if (value instanceof TextValue other && other.type().equals(kind.type())) {
            return other;
        }
        if (value instanceof Value.Null) {
            return new TextValue(kind.type(), 0, (row, out) -> false);
        }
        throw mixed(where, kind, value);
    }

    private static InvalidExpression mixed(String where, Value one, Value other) {
        return new InvalidExpression(where + " takes values of one kind, and gets " + what(one) + " and " + what(other)
                + "; make text of what is none by CONCAT(…)");
    }

    private static String what(Value value) {
        return value instanceof TextValue text ? text.what() : "a number";
    }
}
