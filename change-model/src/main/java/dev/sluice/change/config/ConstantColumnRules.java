package dev.sluice.change.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the constant columns of a mapping must be; names compare without case. */
final class ConstantColumnRules {
    private static final int MAX_VALUE = 1_000;

    private final Optional<DataSource.Kind> target;
    private final List<ConfigurationProblem> problems;

    ConstantColumnRules(Optional<DataSource.Kind> target, List<ConfigurationProblem> problems) {
        this.target = target;
        this.problems = problems;
    }

    void check(Mapping mapping, String at) {
        if (mapping.set().isEmpty()) {
            return;
        }
        if (target.isPresent() && target.get() == DataSource.Kind.REDIS) {
            add(at, "has a meaning only if the target is a database; remove it and write the constant into cache.key");
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < mapping.set().size(); i++) {
            ConstantColumn constant = mapping.set().get(i);
            String in = at + "[" + i + "]";
            if (constant == null
                    || constant.column() == null
                    || constant.column().isBlank()) {
                add(in + ".column", "is missing; name a column of the target");
            } else if (!names.add(constant.column().toLowerCase(Locale.ROOT))) {
                add(in + ".column", "'" + constant.column() + "' is set twice; keep one");
            } else if (comesFromTheSource(constant.column(), mapping.columns())) {
                add(
                        in + ".column",
                        "a column of the source goes to '" + constant.column()
                                + "' already; exclude that one or choose another");
            } else {
                checkValue(mapping, constant, in);
            }
        }
    }

    private static boolean comesFromTheSource(String column, ColumnRules rules) {
        if (rules.include() == null || rules.exclude() == null || rules.rename() == null) {
            return false;
        }
        return rules.rename().values().stream().anyMatch(column::equalsIgnoreCase)
                || rules.include().stream().map(rules::targetName).anyMatch(column::equalsIgnoreCase);
    }

    private void checkValue(Mapping mapping, ConstantColumn constant, String at) {
        String value = constant.value();
        if (value == null || value.length() > MAX_VALUE) {
            add(at + ".value", "is missing or too long; give a text of at most " + MAX_VALUE + " characters");
            return;
        }
        String plain = value.replace(ConstantColumn.SCHEMA, "").replace(ConstantColumn.TABLE, "");
        if (plain.indexOf('{') >= 0 || plain.indexOf('}') >= 0) {
            add(at + ".value", "'" + value + "' has braces around something else than {schema} or {table}; correct it");
            return;
        }
        if (constant.key()) {
            return;
        }
        boolean differs = mapping.mergesSchemas() && value.contains(ConstantColumn.SCHEMA)
                || mapping.mergesTables() && value.contains(ConstantColumn.TABLE);
        if (differs) {
            add(
                    at + ".key",
                    "must be true: '" + constant.column() + "' tells apart the tables that go into "
                            + mapping.toSchema() + "." + mapping.toTable()
                            + ", whose rows may have one key; make it part of the primary key there and set key");
        }
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }
}
