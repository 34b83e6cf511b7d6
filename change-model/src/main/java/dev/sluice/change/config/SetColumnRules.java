package dev.sluice.change.config;

import dev.sluice.change.expression.ColumnExpression;
import dev.sluice.change.expression.InvalidExpression;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the columns that a mapping sets must be; names compare without case. */
final class SetColumnRules {
    private static final int MAX_VALUE = 1_000;

    private final Optional<DataSource.Kind> target;
    private final List<ConfigurationProblem> problems;

    SetColumnRules(Optional<DataSource.Kind> target, List<ConfigurationProblem> problems) {
        this.target = target;
        this.problems = problems;
    }

    void check(Mapping mapping, String at) {
        if (mapping.set().isEmpty()) {
            return;
        }
        if (target.isPresent() && target.get() == DataSource.Kind.REDIS) {
            add(at, "has a meaning only if the target is a database; remove it; a constant can stand in cache.key");
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < mapping.set().size(); i++) {
            SetColumn column = mapping.set().get(i);
            String in = at + "[" + i + "]";
            if (column == null || column.column() == null || column.column().isBlank()) {
                add(in + ".column", "is missing; name a column of the target");
            } else if (!names.add(column.column().toLowerCase(Locale.ROOT))) {
                add(in + ".column", "'" + column.column() + "' is set twice; keep one");
            } else if (comesFromTheSource(column.column(), mapping.columns())) {
                add(
                        in + ".column",
                        "a column of the source goes to '" + column.column()
                                + "' already; exclude that one or choose another");
            } else {
                checkContent(mapping, column, in);
            }
        }
    }

    private void checkContent(Mapping mapping, SetColumn column, String at) {
        String expression = column.expression();
        if (expression == null) {
            checkValue(mapping, column, at);
            return;
        }
        if (column.value() != null) {
            add(at + ".expression", "stands beside a value, and a column has one of both; remove the other");
            return;
        }
        if (column.key()) {
            add(
                    at + ".key",
                    "must be false: '" + column.column()
                            + "' changes with its row, and a row is found by what does not;"
                            + " let a value be the key");
        }
        try {
            ColumnExpression.parse(expression);
        } catch (InvalidExpression e) {
            add(at + ".expression", String.valueOf(e.getMessage()));
        }
    }

    private static boolean comesFromTheSource(String column, ColumnRules rules) {
        if (rules.include() == null || rules.exclude() == null || rules.rename() == null) {
            return false;
        }
        return rules.rename().values().stream().anyMatch(column::equalsIgnoreCase)
                || rules.include().stream().map(rules::targetName).anyMatch(column::equalsIgnoreCase);
    }

    private void checkValue(Mapping mapping, SetColumn column, String at) {
        String value = column.value();
        if (value == null || value.length() > MAX_VALUE) {
            add(
                    at + ".value",
                    "is missing or too long; give a text of at most " + MAX_VALUE + " characters, or an expression");
            return;
        }
        String plain = value.replace(SetColumn.SCHEMA, "").replace(SetColumn.TABLE, "");
        if (plain.indexOf('{') >= 0 || plain.indexOf('}') >= 0) {
            add(at + ".value", "'" + value + "' has braces around something else than {schema} or {table}; correct it");
            return;
        }
        if (column.key()) {
            return;
        }
        boolean differs = mapping.mergesSchemas() && value.contains(SetColumn.SCHEMA)
                || mapping.mergesTables() && value.contains(SetColumn.TABLE);
        if (differs) {
            add(
                    at + ".key",
                    "must be true: '" + column.column() + "' tells apart the tables that go into "
                            + mapping.toSchema() + "." + mapping.toTable()
                            + ", whose rows may have one key; make it part of the primary key there and set key");
        }
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }
}
