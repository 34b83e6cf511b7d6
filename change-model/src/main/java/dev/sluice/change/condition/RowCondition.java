package dev.sluice.change.condition;

import dev.sluice.change.message.Column;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.expression.Expression;

/**
 * A condition such as {@code status = 'PAID' and total > 100}. Columns are compared with constants by {@code = <> < <= >
 * >=}, {@code in}, {@code between}, {@code like} and {@code is null}, joined by {@code and}, {@code or} and {@code not};
 * nothing in it can be called. Immutable.
 */
public final class RowCondition {
    private final Term term;

    private RowCondition(Term term) {
        this.term = term;
    }

    /**
     * Reads a condition.
     *
     * @throws InvalidCondition if it is none, or uses more than this
     */
    public static RowCondition parse(String text) {
        return new RowCondition(ConditionParser.parse(text));
    }

    /**
     * The condition that a parsed expression is.
     *
     * @throws InvalidCondition if it is none, or uses more than this
     */
    public static RowCondition of(Expression expression) {
        return new RowCondition(ConditionParser.term(expression));
    }

    /** The columns it names, as it writes them; they compare without case. */
    public Set<String> columns() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        term.columns(names::add);
        return names;
    }

    /**
     * The condition on the rows of a table with these columns.
     *
     * @throws InvalidCondition if there is no such column, or it cannot be compared so
     */
    public BoundCondition bind(List<Column> columns) {
        TableColumns table = new TableColumns(columns);
        return new BoundCondition(
                term.bind(table), columns().stream().mapToInt(table::ordinal).toArray());
    }
}
