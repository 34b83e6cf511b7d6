package dev.sluice.change.condition;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** Takes out of a parsed SQL expression what a condition may hold, and refuses everything else by name. */
final class ConditionParser {
    private static final int MAX_LENGTH = 4_000;
    private static final String ALLOWED = "; a condition compares columns with constants by =, <>, <, <=, >, >=, IN,"
            + " BETWEEN, LIKE and IS NULL, joined by AND, OR, NOT and parentheses; put a column's name that is"
            + " a keyword into backticks";

    private ConditionParser() {}

    static Term parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidCondition("is longer than " + MAX_LENGTH + " characters; use a shorter condition");
        }
        try {
            return term(CCJSqlParserUtil.parseCondExpression(text, false));
        } catch (JSQLParserException e) {
            throw new InvalidCondition("'" + text + "' is no condition in SQL"
                    + firstLine(e).map(line -> ": " + line).orElse("") + ALLOWED);
        }
    }

    private static Optional<String> firstLine(JSQLParserException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null
                ? Optional.empty()
                : cause.getMessage().lines().filter(line -> !line.isBlank()).findFirst();
    }

    static Term term(Expression expression) {
        if (expression instanceof AndExpression and) {
            return new Term.And(term(and.getLeftExpression()), term(and.getRightExpression()));
        }
        if (expression instanceof OrExpression or) {
            return new Term.Or(term(or.getLeftExpression()), term(or.getRightExpression()));
        }
        if (expression instanceof NotExpression not) {
            return new Term.Not(term(not.getExpression()));
        }
        if (expression instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return term(list.get(0));
        }
        if (expression instanceof IsNullExpression isNull && isNull.getLeftExpression() instanceof Column column) {
            return negated(isNull.isNot(), new Term.IsNull(name(column)));
        }
        if (expression instanceof InExpression in
                && in.getLeftExpression() instanceof Column column
                && in.getRightExpression() instanceof ParenthesedExpressionList<?> values
                && !values.isEmpty()) {
            return negated(in.isNot(), oneOf(name(column), values));
        }
        if (expression instanceof Between between && between.getLeftExpression() instanceof Column column) {
            String name = name(column);
            return negated(
                    between.isNot(),
                    new Term.And(
                            new Term.Compare(
                                    name,
                                    Operator.GREATER_OR_EQUAL,
                                    literal(between.getBetweenExpressionStart(), between)),
                            new Term.Compare(
                                    name,
                                    Operator.LESS_OR_EQUAL,
                                    literal(between.getBetweenExpressionEnd(), between))));
        }
        if (expression instanceof LikeExpression like && isPlain(like)) {
            Literal pattern = literal(like.getRightExpression(), like);
            if (!pattern.number() && like.getLeftExpression() instanceof Column column) {
                return negated(like.isNot(), new Term.Like(name(column), new LikePattern(pattern.text())));
            }
        }
        if (expression instanceof ComparisonOperator comparison) {
            Operator operator = operator(comparison);
            if (operator != null) {
                return comparison(comparison, operator);
            }
        }
        throw refusal(expression);
    }

    private static boolean isPlain(LikeExpression like) {
        return like.getLikeKeyWord() == LikeExpression.KeyWord.LIKE && like.getEscape() == null && !like.isUseBinary();
    }

    private static Term comparison(BinaryExpression comparison, Operator operator) {
        if (comparison.getLeftExpression() instanceof Column column) {
            return new Term.Compare(name(column), operator, literal(comparison.getRightExpression(), comparison));
        }
        if (comparison.getRightExpression() instanceof Column column) {
            return new Term.Compare(
                    name(column), operator.exchanged(), literal(comparison.getLeftExpression(), comparison));
        }
        throw refusal(comparison);
    }

    private static Term oneOf(String column, List<?> values) {
        Term any = null;
        for (Object value : values) {
            Term equal = new Term.Compare(column, Operator.EQUAL, literal((Expression) value, (Expression) value));
            any = any == null ? equal : new Term.Or(any, equal);
        }
        return Objects.requireNonNull(any);
    }

    private static Term negated(boolean not, Term term) {
        return not ? new Term.Not(term) : term;
    }

    private static @Nullable Operator operator(ComparisonOperator comparison) {
        return switch (comparison.getStringExpression()) {
            case "=" -> Operator.EQUAL;
            case "<>", "!=" -> Operator.NOT_EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    private static Literal literal(Expression expression, Expression whole) {
        if (expression instanceof LongValue || expression instanceof DoubleValue) {
            return new Literal(expression.toString(), true);
        }
        if (expression instanceof SignedExpression signed
                && signed.getSign() != '~'
                && (signed.getExpression() instanceof LongValue || signed.getExpression() instanceof DoubleValue)) {
            return new Literal((signed.getSign() == '-' ? "-" : "") + signed.getExpression(), true);
        }
        if (expression instanceof BooleanValue truth) {
            return new Literal(truth.getValue() ? "1" : "0", true);
        }
        if (expression instanceof StringValue text && text.getPrefix() == null) {
            return new Literal(text.getNotExcapedValue(), false);
        }
        throw refusal(whole);
    }

    private static String name(Column column) {
        if (column.getTable() != null || column.getArrayConstructor() != null) {
            throw new InvalidCondition(
                    "'" + column + "' is not how a condition names a column; put a name with special characters,"
                            + " or one that is a keyword, into backticks");
        }
        return column.getUnquotedName();
    }

    private static InvalidCondition refusal(Expression expression) {
        return new InvalidCondition("'" + expression + "' cannot be used" + ALLOWED);
    }
}
