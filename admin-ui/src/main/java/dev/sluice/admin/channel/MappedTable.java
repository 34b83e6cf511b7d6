package dev.sluice.admin.channel;

import dev.sluice.admin.problem.FieldError;
import dev.sluice.change.condition.InvalidCondition;
import dev.sluice.change.condition.RowCondition;
import dev.sluice.change.config.CacheRule;
import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.KeyTemplates;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.NamePattern;
import dev.sluice.change.config.RowFilter;
import dev.sluice.change.config.SetColumn;
import dev.sluice.change.expression.ColumnExpression;
import dev.sluice.change.expression.InvalidExpression;
import dev.sluice.change.message.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A mapping compared with the columns that source and target really have; names compare without case. */
record MappedTable(Mapping mapping, String at) {
    /** Whether it means one source table rather than a pattern. */
    boolean hasOneSource() {
        return NamePattern.isLiteral(mapping.schema()) && NamePattern.isLiteral(mapping.table());
    }

    boolean hasOneTarget() {
        return NamePattern.isLiteral(targetSchema()) && NamePattern.isLiteral(targetTable());
    }

    String sourceSchema() {
        return mapping.schema();
    }

    String sourceTable() {
        return mapping.table();
    }

    String targetSchema() {
        return mapping.toSchema();
    }

    String targetTable() {
        return mapping.toTable();
    }

    /**
     * What the mapping names that the source does not have, or uses as what it is not.
     *
     * @param filter what of the source enters its log
     */
    List<FieldError> sourceErrors(List<Column> columns, CaptureFilter filter) {
        if (columns.isEmpty()) {
            return List.of(
                    new FieldError(
                            at + ".table",
                            "the source has no table " + mapping.schema() + "." + mapping.table()
                                    + ", or its user may not see it; correct the name, create the table or GRANT SELECT on it"));
        }
        List<FieldError> errors = new ArrayList<>();
        mapping.columns().include().forEach(name -> known(name, columns, ".columns.include", errors));
        mapping.columns().exclude().forEach(name -> known(name, columns, ".columns.exclude", errors));
        mapping.columns().rename().keySet().forEach(name -> known(name, columns, ".columns.rename", errors));
        CacheRule cache = mapping.cache();
        if (cache != null) {
            KeyTemplates.columns(cache.key()).forEach(name -> known(name, columns, ".cache.key", errors));
        }
        List<Column> logged = columns.stream()
                .filter(column -> filter.takes(mapping.schema(), mapping.table(), column.name()))
                .toList();
        rowErrors(logged, errors);
        setErrors(logged, errors);
        return errors;
    }

    private void rowErrors(List<Column> logged, List<FieldError> errors) {
        RowFilter rows = mapping.rows();
        if (rows == null || rows.where() == null) {
            return;
        }
        try {
            RowCondition.parse(rows.where()).bind(logged);
        } catch (InvalidCondition e) {
            errors.add(unfit(".rows.where", e));
        }
    }

    private void setErrors(List<Column> logged, List<FieldError> errors) {
        for (int i = 0; i < mapping.set().size(); i++) {
            SetColumn set = mapping.set().get(i);
            boolean comesToo = logged.stream()
                    .map(Column::name)
                    .filter(mapping.columns()::takes)
                    .map(mapping.columns()::targetName)
                    .anyMatch(set.column()::equalsIgnoreCase);
            if (comesToo) {
                errors.add(new FieldError(
                        at + ".set[" + i + "].column",
                        "a column of the source table " + mapping.schema() + "." + mapping.table() + " goes to '"
                                + set.column() + "' already; exclude that one or choose another"));
            }
            if (set.expression() != null) {
                try {
                    ColumnExpression.parse(set.expression()).bind(logged);
                } catch (InvalidExpression e) {
                    errors.add(unfit(".set[" + i + "].expression", e));
                }
            }
        }
    }

    private FieldError unfit(String field, RuntimeException reason) {
        return new FieldError(
                at + field,
                "does not fit the source table " + mapping.schema() + "." + mapping.table() + ": "
                        + reason.getMessage());
    }

    List<FieldError> targetErrors(List<Column> columns) {
        if (!columns.isEmpty() || mapping.makesTables()) {
            return List.of();
        }
        String field = mapping.targetTable() != null ? ".targetTable" : ".table";
        return List.of(new FieldError(
                at + field,
                "the target has no table " + targetSchema() + "." + targetTable()
                        + ", or its user may not see it; create the table there, set createTable or correct the name"));
    }

    /** What the mapping sets that the target does not have, or has otherwise in its key. */
    List<FieldError> setErrorsAtTarget(List<Column> columns, List<String> primaryKey) {
        if (columns.isEmpty()) {
            return List.of();
        }
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < mapping.set().size(); i++) {
            SetColumn set = mapping.set().get(i);
            String table = targetSchema() + "." + targetTable();
            boolean inKey = primaryKey.stream().anyMatch(set.column()::equalsIgnoreCase);
            String in = at + ".set[" + i + "]";
            if (columns.stream().map(Column::name).noneMatch(set.column()::equalsIgnoreCase)) {
                errors.add(new FieldError(
                        in + ".column",
                        "the target table " + table + " has no column '" + set.column() + "'; add it there"));
            } else if (set.key() && !inKey && !primaryKey.isEmpty()) {
                errors.add(new FieldError(
                        in + ".key",
                        "the primary key of the target table " + table + " is (" + String.join(", ", primaryKey)
                                + "), so rows that differ in '" + set.column()
                                + "' alone would collide; add the column to that key"));
            } else if (inKey && set.expression() != null) {
                errors.add(new FieldError(
                        in + ".column",
                        "'" + set.column() + "' belongs to the primary key of the target table " + table
                                + ", and what is computed is part of no key; take it out of that key"));
            } else if (inKey && !set.key()) {
                errors.add(new FieldError(
                        in + ".key",
                        "'" + set.column() + "' belongs to the primary key of the target table " + table
                                + "; set key to true"));
            }
        }
        return errors;
    }

    /** Columns that would have nowhere to go. */
    List<String> targetWarnings(List<Column> sourceColumns, List<Column> targetColumns) {
        if (targetColumns.isEmpty()) {
            return List.of();
        }
        List<String> missing = sourceColumns.stream()
                .map(Column::name)
                .filter(mapping.columns()::takes)
                .map(mapping.columns()::targetName)
                .filter(name -> targetColumns.stream().map(Column::name).noneMatch(name::equalsIgnoreCase))
                .toList();
        return missing.isEmpty()
                ? List.of()
                : List.of("The target table " + targetSchema() + "." + targetTable() + " lacks the columns "
                        + String.join(", ", missing) + "; add them there, or exclude or rename them");
    }

    private void known(String name, List<Column> columns, String field, List<FieldError> errors) {
        if (columns.stream().map(Column::name).noneMatch(name::equalsIgnoreCase)) {
            errors.add(new FieldError(
                    at + field,
                    "the source table " + mapping.schema() + "." + mapping.table() + " has no column '" + name
                            + "'; it has " + columns.stream().map(Column::name).collect(Collectors.joining(", "))));
        }
    }
}
