package dev.sluice.change.expression;

import dev.sluice.change.message.Column;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An expression such as {@code CONCAT(first, ' ', last)}, of columns, constants and a short list of functions whose result
 * depends on nothing but the row. Immutable.
 */
public final class ColumnExpression {
    private final Formula formula;

    private ColumnExpression(Formula formula) {
        this.formula = formula;
    }

    /**
     * Reads an expression.
     *
     * @throws InvalidExpression if it is none, or uses more than this
     */
    public static ColumnExpression parse(String text) {
        ColumnExpression expression = new ColumnExpression(ExpressionParser.parse(text));
        if (expression.columns().isEmpty()) {
            throw new InvalidExpression("'" + text + "' names no column; give a constant as value, or name one");
        }
        return expression;
    }

    /** The columns it names, as it writes them; they compare without case. */
    public Set<String> columns() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        formula.columns(names::add);
        return names;
    }

    /**
     * The expression on the rows of a table with these columns.
     *
     * @throws InvalidExpression if there is no such column, or it holds what cannot be used so
     */
    public BoundExpression bind(List<Column> columns) {
        Inputs inputs = new Inputs(columns);
        Value value = formula.bind(inputs);
        if (value instanceof Value.Null) {
            throw new InvalidExpression("gives NULL for every row; let it give a value for some");
        }
        return new BoundExpression(
                value, columns().stream().mapToInt(inputs::ordinal).toArray());
    }
}
