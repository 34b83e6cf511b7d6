package dev.sluice.change.expression;

import dev.sluice.change.condition.BoundCondition;
import dev.sluice.change.condition.InvalidCondition;
import dev.sluice.change.condition.RowCondition;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An expression, or a part of one, before it is known what its columns hold. */
sealed interface Formula {
    default void columns(Consumer<String> names) {}

    Value bind(Inputs inputs);

    record Name(String column) implements Formula {
        @Override
        public void columns(Consumer<String> names) {
            names.accept(column);
        }

        @Override
        public Value bind(Inputs inputs) {
            return inputs.value(column);
        }
    }

    record Text(String text) implements Formula {
        @Override
        public Value bind(Inputs inputs) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return TextValue.of(text.codePointCount(0, text.length()), (row, out) -> {
                out.put(utf8);
                return true;
            });
        }
    }

    record Number(BigDecimal value) implements Formula {
        @Override
        public Value bind(Inputs inputs) {
            return new NumberValue(Math.max(value.precision(), value.scale() + 1), value.scale(), row -> value);
        }
    }

    record Null() implements Formula {
        @Override
        public Value bind(Inputs inputs) {
            return new Value.Null();
        }
    }

    record Negated(Formula inner) implements Formula {
        @Override
        public void columns(Consumer<String> names) {
            inner.columns(names);
        }

        @Override
        public Value bind(Inputs inputs) {
            return inner.bind(inputs).asNumber("-").negated();
        }
    }

    record Arithmetic(char operator, Formula left, Formula right) implements Formula {
        @Override
        public void columns(Consumer<String> names) {
            left.columns(names);
            right.columns(names);
        }

        @Override
        public Value bind(Inputs inputs) {
            NumberValue one = left.bind(inputs).asNumber(String.valueOf(operator));
            NumberValue other = right.bind(inputs).asNumber(String.valueOf(operator));
            int scale = operator == '*' ? one.scale() + other.scale() : Math.max(one.scale(), other.scale());
            int whole = operator == '*'
                    ? one.wholeDigits() + other.wholeDigits()
                    : Math.max(one.wholeDigits(), other.wholeDigits()) + 1;
            return new NumberValue(whole + scale, scale, row -> {
                BigDecimal first = one.reader().of(row);
                BigDecimal second = first == null ? null : other.reader().of(row);
                return first == null || second == null ? null : result(one.whole(first), other.whole(second));
            });
        }

        private BigDecimal result(BigDecimal first, BigDecimal second) {
            return switch (operator) {
                case '+' -> first.add(second);
                case '-' -> first.subtract(second);
                default -> first.multiply(second);
            };
        }
    }

    record Call(Function function, List<Formula> arguments) implements Formula {
        @Override
        public void columns(Consumer<String> names) {
            arguments.forEach(argument -> argument.columns(names));
        }

        @Override
        public Value bind(Inputs inputs) {
            return function.bind(
                    arguments.stream().map(argument -> argument.bind(inputs)).toList(), arguments);
        }
    }

    /** The first value whose condition is true; without conditions the last one. */
    record Choice(List<RowCondition> conditions, List<Formula> values) implements Formula {
        @Override
        public void columns(Consumer<String> names) {
            conditions.forEach(condition -> condition.columns().forEach(names));
            values.forEach(value -> value.columns(names));
        }

        @Override
        public Value bind(Inputs inputs) {
            List<BoundCondition> bound = new ArrayList<>();
            for (RowCondition condition : conditions) {
                try {
                    bound.add(condition.bind(inputs.columns()));
                } catch (InvalidCondition e) {
                    throw new InvalidExpression("WHEN: " + e.getMessage());
                }
            }
            List<Value> choices =
                    values.stream().map(value -> value.bind(inputs)).toList();
            return Alternatives.chosen("CASE", choices, row -> {
                int i = 0;
                while (i < bound.size() && !bound.get(i).holds(row)) {
                    i++;
                }
                return i;
            });
        }
    }

    /** The whole number that an argument must be; null if it is something else. */
    default @Nullable Integer wholeNumber() {
        return this instanceof Number number && number.value.scale() == 0 && number.value.precision() < 9
                ? number.value.intValueExact()
                : null;
    }
}
