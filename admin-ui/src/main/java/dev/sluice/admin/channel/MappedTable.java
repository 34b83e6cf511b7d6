package dev.sluice.admin.channel;

import dev.sluice.admin.problem.FieldError;
import dev.sluice.change.config.CacheRule;
import dev.sluice.change.config.KeyTemplates;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.NamePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
        return Objects.requireNonNullElse(mapping.targetSchema(), mapping.schema());
    }

    String targetTable() {
        return Objects.requireNonNullElse(mapping.targetTable(), mapping.table());
    }

    /** What the mapping names that the source does not have. */
    List<FieldError> sourceErrors(List<String> columns) {
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
        return errors;
    }

    List<FieldError> targetErrors(List<String> columns) {
        if (!columns.isEmpty()) {
            return List.of();
        }
        String field = mapping.targetTable() != null ? ".targetTable" : ".table";
        return List.of(new FieldError(
                at + field,
                "the target has no table " + targetSchema() + "." + targetTable()
                        + ", or its user may not see it; create the table there or correct the name"));
    }

    /** Columns that would have nowhere to go. */
    List<String> targetWarnings(List<String> sourceColumns, List<String> targetColumns) {
        if (targetColumns.isEmpty()) {
            return List.of();
        }
        List<String> missing = sourceColumns.stream()
                .filter(mapping.columns()::takes)
                .map(mapping.columns()::targetName)
                .filter(name -> targetColumns.stream().noneMatch(name::equalsIgnoreCase))
                .toList();
        return missing.isEmpty()
                ? List.of()
                : List.of("The target table " + targetSchema() + "." + targetTable() + " lacks the columns "
                        + String.join(", ", missing) + "; add them there, or exclude or rename them");
    }

    private void known(String name, List<String> columns, String field, List<FieldError> errors) {
        if (columns.stream().noneMatch(name::equalsIgnoreCase)) {
            errors.add(new FieldError(
                    at + field,
                    "the source table " + mapping.schema() + "." + mapping.table() + " has no column '" + name
                            + "'; it has " + String.join(", ", columns)));
        }
    }
}
