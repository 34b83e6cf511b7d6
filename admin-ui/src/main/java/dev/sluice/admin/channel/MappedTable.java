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
        rowErrors(columns, filter, errors);
        return errors;
    }

    private void rowErrors(List<Column> columns, CaptureFilter filter, List<FieldError> errors) {
        RowFilter rows = mapping.rows();
        if (rows == null || rows.where() == null) {
            return;
        }
        List<Column> logged = columns.stream()
                .filter(column -> filter.takes(mapping.schema(), mapping.table(), column.name()))
                .toList();
        try {
            RowCondition.parse(rows.where()).bind(logged);
        } catch (InvalidCondition e) {
            errors.add(new FieldError(
                    at + ".rows.where",
                    "does not fit the source table " + mapping.schema() + "." + mapping.table() + ": "
                            + e.getMessage()));
        }
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
    List<FieldError> constantErrors(List<Column> columns, List<String> primaryKey) {
        if (columns.isEmpty()) {
            return List.of();
        }
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < mapping.set().size(); i++) {
            SetColumn constant = mapping.set().get(i);
            String table = targetSchema() + "." + targetTable();
            boolean inKey = primaryKey.stream().anyMatch(constant.column()::equalsIgnoreCase);
            String in = at + ".set[" + i + "]";
            if (columns.stream().map(Column::name).noneMatch(constant.column()::equalsIgnoreCase)) {
                errors.add(new FieldError(
                        in + ".column",
                        "the target table " + table + " has no column '" + constant.column() + "'; add it there"));
            } else if (constant.key() && !inKey && !primaryKey.isEmpty()) {
                errors.add(new FieldError(
                        in + ".key",
                        "the primary key of the target table " + table + " is (" + String.join(", ", primaryKey)
                                + "), so rows that differ in '" + constant.column()
                                + "' alone would collide; add the column to that key"));
            } else if (inKey && !constant.key()) {
                errors.add(new FieldError(
                        in + ".key",
                        "'" + constant.column() + "' belongs to the primary key of the target table " + table
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
