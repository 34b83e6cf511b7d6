package dev.sluice.change.expression;

import dev.sluice.change.condition.InvalidCondition;
import dev.sluice.change.condition.RowCondition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;

/** Takes out of a parsed SQL expression what a column may be made of, and refuses everything else by name. */
final class ExpressionParser {
    private static final int MAX_LENGTH = 4_000;
    private static final int MAX_DEPTH = 16;
    private static final String ALLOWED =
            "; an expression is made of columns, texts in single quotes, numbers, NULL, + -"
                    + " *, CASE WHEN, IF and "
                    + Arrays.stream(Function.values()).map(Function::name).collect(Collectors.joining(", "))
                    + ", whose results depend on the row alone; put a column's name that is a keyword into backticks";

    private ExpressionParser() {}

    static Formula parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidExpression("is longer than " + MAX_LENGTH + " characters; use a shorter expression");
        }
        if (Nesting.depth(text) > MAX_DEPTH) {
            throw new InvalidExpression("is nested deeper than " + MAX_DEPTH + " levels; use a flatter expression");
        }
        try {
            return formula(CCJSqlParserUtil.parseExpression(text, false));
        } catch (JSQLParserException e) {
            throw new InvalidExpression("'" + text + "' is no expression in SQL" + reason(e) + ALLOWED);
        }
    }

    private static String reason(JSQLParserException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = String.valueOf(cause.getMessage());
        return message.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> ": " + line)
                .orElse("");
    }

    private static Formula formula(Expression expression) {
        if (expression instanceof Column column) {
            return new Formula.Name(name(column));
        }
        if (expression instanceof StringValue text && text.getPrefix() == null) {
            return new Formula.Text(text.getNotExcapedValue());
        }
        if (expression instanceof LongValue || expression instanceof DoubleValue) {
            return number(expression.toString());
        }
        if (expression instanceof NullValue) {
            return new Formula.Null();
        }
        if (expression instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return formula(list.get(0));
        }
        if (expression instanceof SignedExpression signed && (signed.getSign() == '-' || signed.getSign() == '+')) {
            return signed(signed.getSign() == '-', formula(signed.getExpression()));
        }
        if (expression instanceof Addition
                || expression instanceof Subtraction
                || expression instanceof Multiplication) {
            BinaryExpression binary = (BinaryExpression) expression;
            return new Formula.Arithmetic(
                    binary.getStringExpression().charAt(0),
                    formula(binary.getLeftExpression()),
                    formula(binary.getRightExpression()));
        }
        if (expression instanceof TrimFunction trim
                && trim.getTrimSpecification() == null
                && trim.getFromExpression() == null) {
            return call(Function.TRIM, List.of(formula(trim.getExpression())));
        }
        if (expression instanceof CaseExpression cases) {
            return choice(cases);
        }
        if (expression instanceof net.sf.jsqlparser.expression.Function function) {
            return call(function);
        }
        throw refusal(expression);
    }

    private static Formula number(String text) {
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw new InvalidExpression("'" + text + "' is no exact number; write its digits");
        }
        return new Formula.Number(new BigDecimal(text));
    }

    private static Formula signed(boolean negative, Formula inner) {
        if (!negative) {
            return new Formula.Arithmetic('+', new Formula.Number(BigDecimal.ZERO), inner);
        }
        return inner instanceof Formula.Number number
                ? new Formula.Number(number.value().negate())
                : new Formula.Negated(inner);
    }

    private static Formula choice(CaseExpression cases) {
        List<RowCondition> conditions = new ArrayList<>();
        List<Formula> values = new ArrayList<>();
        for (WhenClause when : cases.getWhenClauses()) {
            Expression asked = when.getWhenExpression();
            conditions.add(condition(
                    cases.getSwitchExpression() == null ? asked : new EqualsTo(cases.getSwitchExpression(), asked)));
            values.add(formula(when.getThenExpression()));
        }
        values.add(cases.getElseExpression() == null ? new Formula.Null() : formula(cases.getElseExpression()));
        return new Formula.Choice(conditions, values);
    }

    private static RowCondition condition(Expression expression) {
        try {
            return RowCondition.of(expression);
        } catch (InvalidCondition e) {
            throw new InvalidExpression("WHEN: " + e.getMessage());
        }
    }

    private static Formula call(net.sf.jsqlparser.expression.Function function) {
        boolean plain = !function.isDistinct()
                && !function.isAllColumns()
                && function.getNamedParameters() == null
                && function.getOrderByElements() == null
                && function.getAttribute() == null
                && function.getKeep() == null;
        ExpressionList<?> parameters = function.getParameters();
        List<Expression> arguments = parameters == null
                ? List.of()
                : parameters.stream().map(Expression.class::cast).toList();
        if (plain && function.getName().equalsIgnoreCase("IF") && arguments.size() == 3) {
            return new Formula.Choice(
                    List.of(condition(arguments.get(0))),
                    List.of(formula(arguments.get(1)), formula(arguments.get(2))));
        }
        Function known = Function.named(function.getName()).orElse(null);
        if (!plain || known == null) {
            throw refusal(function);
        }
        return call(known, arguments.stream().map(ExpressionParser::formula).toList());
    }

    private static Formula call(Function function, List<Formula> arguments) {
        function.require(arguments);
        return new Formula.Call(function, arguments);
    }

    private static String name(Column column) {
        String written = column.getColumnName();
        if (column.getTable() != null || column.getArrayConstructor() != null) {
            throw new InvalidExpression("'" + column + "' is not how an expression names a column; put a name with"
                    + " special characters, or one that is a keyword, into backticks");
        }
        if (written.startsWith("\"")) {
            throw new InvalidExpression(
                    written + " is in double quotes; put text into single quotes and a column's name into backticks");
        }
        return column.getUnquotedName();
    }

    private static InvalidExpression refusal(Expression expression) {
        return new InvalidExpression("'" + expression + "' cannot be used" + ALLOWED);
    }
}
