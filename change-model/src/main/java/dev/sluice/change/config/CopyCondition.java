package dev.sluice.change.config;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;

/**
 * The condition of a snapshot, which the source evaluates: one expression over the columns of a row, without anything
 * that reads other rows, changes or waits. What is sent is written anew from the syntax tree, so that the source never
 * sees the text as it was given.
 */
public final class CopyCondition {
    private static final int MAX_LENGTH = 4_000;

    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("AND", "AND"),
            Map.entry("&&", "AND"),
            Map.entry("OR", "OR"),
            Map.entry("=", "="),
            Map.entry("<=>", "<=>"),
            Map.entry("<>", "<>"),
            Map.entry("!=", "<>"),
            Map.entry("<", "<"),
            Map.entry("<=", "<="),
            Map.entry(">", ">"),
            Map.entry(">=", ">="),
            Map.entry("+", "+"),
            Map.entry("-", "-"),
            Map.entry("*", "*"),
            Map.entry("/", "/"),
            Map.entry("%", "%"));

    private static final Set<String> FUNCTIONS = Set.of(
            "abs",
            "coalesce",
            "crc32",
            "curdate",
            "date",
            "day",
            "floor",
            "hour",
            "ifnull",
            "left",
            "length",
            "lower",
            "mod",
            "month",
            "now",
            "right",
            "upper",
            "utc_timestamp",
            "year");

    private CopyCondition() {}

    /**
     * The condition as SQL of MySQL and MariaDB.
     *
     * @throws IllegalArgumentException if it is no such condition; the message says what to do
     */
    public static String sql(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters; use a shorter one");
        }
        Expression expression;
        try {
            expression = CCJSqlParserUtil.parseCondExpression(text, false);
        } catch (JSQLParserException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not one condition in SQL, such as id > 7 AND state = 'x'");
        }
        return write(expression);
    }

    private static String write(Expression expression) {
        if (expression instanceof Column column && column.getTable() == null) {
            return name(column);
        }
        if (expression instanceof LongValue value && value.getStringValue().matches("[0-9]{1,30}")) {
            return value.getStringValue();
        }
        if (expression instanceof DoubleValue value && value.toString().matches("[0-9.]{1,60}([eE][-+]?[0-9]{1,3})?")) {
            return value.toString();
        }
        if (expression instanceof StringValue value && value.getPrefix() == null) {
            return "_utf8mb4 X'"
                    + HexFormat.of().formatHex(value.getNotExcapedValue().getBytes(StandardCharsets.UTF_8)) + "'";
        }
        if (expression instanceof NullValue) {
            return "NULL";
        }
        if (expression instanceof SignedExpression signed && (signed.getSign() == '-' || signed.getSign() == '+')) {
            return "(" + signed.getSign() + write(signed.getExpression()) + ")";
        }
        if (expression instanceof NotExpression not) {
            return "(NOT " + write(not.getExpression()) + ")";
        }
        if (expression instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return write(list.get(0));
        }
        if (expression instanceof IsNullExpression isNull) {
            return "(" + write(isNull.getLeftExpression()) + (isNull.isNot() ? " IS NOT NULL)" : " IS NULL)");
        }
        if (expression instanceof Between between) {
            return "(" + write(between.getLeftExpression()) + not(between.isNot()) + " BETWEEN "
                    + write(between.getBetweenExpressionStart()) + " AND "
                    + write(between.getBetweenExpressionEnd()) + ")";
        }
        if (expression instanceof InExpression in
                && in.getRightExpression() instanceof ParenthesedExpressionList<?> values
                && !values.isEmpty()) {
            return "(" + write(in.getLeftExpression()) + not(in.isNot()) + " IN (" + all(values) + "))";
        }
        if (expression instanceof LikeExpression like
                && like.getLikeKeyWord() == LikeExpression.KeyWord.LIKE
                && like.getEscape() == null) {
            return "(" + write(like.getLeftExpression()) + not(like.isNot()) + " LIKE "
                    + write(like.getRightExpression()) + ")";
        }
        if (expression instanceof Function function) {
            return call(function);
        }
        if (expression instanceof BinaryExpression binary && !(expression instanceof LikeExpression)) {
            String operator = OPERATORS.get(binary.getStringExpression().toUpperCase(Locale.ROOT));
            if (operator != null) {
                return "(" + write(binary.getLeftExpression()) + " " + operator + " "
                        + write(binary.getRightExpression()) + ")";
            }
        }
        throw refusal(expression);
    }

    private static String call(Function function) {
        String name = function.getName().toLowerCase(Locale.ROOT);
        ExpressionList<?> parameters = function.getParameters();
        boolean plain = FUNCTIONS.contains(name)
                && !function.isDistinct()
                && !function.isAllColumns()
                && function.getNamedParameters() == null
                && function.getOrderByElements() == null
                && function.getAttribute() == null
                && function.getKeep() == null;
        if (!plain) {
            throw refusal(function);
        }
        return name.toUpperCase(Locale.ROOT) + "(" + (parameters == null ? "" : all(parameters)) + ")";
    }

    private static String all(ExpressionList<?> list) {
        return list.stream().map(CopyCondition::write).collect(Collectors.joining(", "));
    }

    private static String not(boolean negated) {
        return negated ? " NOT" : "";
    }

    private static String name(Column column) {
        String name = column.getColumnName();
        if (name.length() > 2 && name.startsWith("`") && name.endsWith("`")) {
            name = name.substring(1, name.length() - 1).replace("``", "`");
        }
        return "`" + name.replace("`", "``") + "`";
    }

    private static IllegalArgumentException refusal(Expression expression) {
        return new IllegalArgumentException("'" + expression
                + "' cannot be in it; compare columns of the table, constants and "
                + FUNCTIONS.stream().sorted().collect(Collectors.joining(", "))
                + " by =, <>, <, >, IN, BETWEEN, LIKE and IS NULL, joined by AND, OR and NOT");
    }
}
