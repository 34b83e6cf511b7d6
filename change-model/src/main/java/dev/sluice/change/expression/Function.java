package dev.sluice.change.expression;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The functions of expressions: what each takes is checked when the expression is read. */
enum Function {
    CONCAT(1, Function.MANY),
    CONCAT_WS(2, Function.MANY),
    COALESCE(1, Function.MANY),
    IFNULL(2, 2),
    NULLIF(2, 2),
    UPPER(1, 1),
    LOWER(1, 1),
    TRIM(1, 1),
    LTRIM(1, 1),
    RTRIM(1, 1),
    LEFT(2, 2),
    RIGHT(2, 2),
    SUBSTRING(2, 3),
    REPLACE(3, 3),
    LPAD(3, 3),
    RPAD(3, 3),
    CHAR_LENGTH(1, 1),
    ROUND(1, 2),
    ABS(1, 1),
    YEAR(1, 1),
    MONTH(1, 1),
    DAY(1, 1),
    DATE(1, 1);

    private static final int MANY = 100;
    private static final int MOST_PADDED = 1_000;
    private static final int MOST_DECIMALS = 30;

    private final int fewest;
    private final int most;

    Function(int fewest, int most) {
        this.fewest = fewest;
        this.most = most;
    }

    static Optional<Function> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (Function function : values()) {
            if (function.name().equals(upper)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    /** Refuses arguments that it cannot take, whatever the columns hold. */
    void require(List<Formula> arguments) {
        int count = arguments.size();
        if (count < fewest || count > most) {
            String wanted = fewest == most ? "" + fewest : fewest + (most == MANY ? " or more" : " to " + most);
            throw new InvalidExpression(this + " takes " + wanted + " arguments, not " + count);
        }
        switch (this) {
            case LEFT, RIGHT -> requireNumber(arguments.get(1), 0, Integer.MAX_VALUE);
            case SUBSTRING ->
                arguments
                        .subList(1, count)
                        .forEach(argument -> requireNumber(argument, -Integer.MAX_VALUE, Integer.MAX_VALUE));
            case LPAD, RPAD -> {
                requireNumber(arguments.get(1), 0, MOST_PADDED);
                if (!(arguments.get(2) instanceof Formula.Text pad)
                        || pad.text().isEmpty()) {
                    throw new InvalidExpression(this + " pads with a text in quotes, such as ' ' or '0'");
                }
            }
            case ROUND -> arguments.subList(1, count).forEach(digits -> requireNumber(digits, 0, MOST_DECIMALS));
            default -> {
                // what it takes is seen once the columns are known
            }
        }
    }

    private void requireNumber(Formula argument, int least, int most) {
        Integer number = argument.wholeNumber();
        if (number == null || number < least || number > most) {
            String between = most == Integer.MAX_VALUE ? "" : " between " + least + " and " + most;
            throw new InvalidExpression(this + " takes a whole number" + between + " as its further arguments, such as "
                    + this + (this == LPAD || this == RPAD ? "(id, 8, '0')" : "(name, 3)"));
        }
    }

    Value bind(List<Value> values, List<Formula> arguments) {
        return switch (this) {
            case CONCAT -> TextFunctions.concat(texts(values));
            case CONCAT_WS -> TextFunctions.concat(texts(values).get(0), texts(values.subList(1, values.size())));
            case COALESCE, IFNULL -> Alternatives.firstPresent(name(), values);
            case NULLIF -> Alternatives.unlessSame(values.get(0), values.get(1));
            case UPPER -> TextFunctions.mapped(text(values), TextFunctions::upper);
            case LOWER -> TextFunctions.mapped(text(values), TextFunctions::lower);
            case TRIM -> TextFunctions.trimmed(text(values), true, true);
            case LTRIM -> TextFunctions.trimmed(text(values), true, false);
            case RTRIM -> TextFunctions.trimmed(text(values), false, true);
            case LEFT -> TextFunctions.part(text(values), 1, number(arguments, 1));
            case RIGHT -> TextFunctions.end(text(values), number(arguments, 1));
            case SUBSTRING ->
                TextFunctions.part(
                        text(values),
                        number(arguments, 1),
                        arguments.size() > 2 ? number(arguments, 2) : Integer.MAX_VALUE);
            case REPLACE -> TextFunctions.replaced(texts(values));
            case LPAD -> TextFunctions.padded(text(values), number(arguments, 1), arguments.get(2), true);
            case RPAD -> TextFunctions.padded(text(values), number(arguments, 1), arguments.get(2), false);
            case CHAR_LENGTH -> TextFunctions.length(text(values));
            case ROUND -> rounded(values.get(0).asNumber(name()), arguments);
            case ABS -> values.get(0).asNumber(name()).absolute();
            case YEAR -> TimeFunctions.digits(this, values.get(0), 0, 4);
            case MONTH -> TimeFunctions.digits(this, values.get(0), 5, 7);
            case DAY -> TimeFunctions.digits(this, values.get(0), 8, 10);
            case DATE -> TimeFunctions.date(this, values.get(0));
        };
    }

    private static NumberValue rounded(NumberValue number, List<Formula> arguments) {
        int digits = arguments.size() > 1 ? number(arguments, 1) : 0;
        return number.scale() == 0 ? number : number.rounded(digits);
    }

    private static TextValue text(List<Value> values) {
        return values.get(0).asText();
    }

    private static List<TextValue> texts(List<Value> values) {
        return values.stream().map(Value::asText).toList();
    }

    private static int number(List<Formula> arguments, int at) {
        Integer number = arguments.get(at).wholeNumber();
        return number == null ? 0 : number;
    }
}
