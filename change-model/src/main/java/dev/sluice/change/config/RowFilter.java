package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of its tables a mapping takes.
 *
 * @param where a condition in SQL on the row's columns; null for all rows
 * @param kinds changes that are taken; empty for all
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RowFilter(@Nullable String where, List<ChangeKind> kinds) {
    /** Members that a document leaves out have their widest meaning. */
    public RowFilter {
        where = where == null || where.isBlank() ? null : where;
        kinds = kinds == null ? List.of() : kinds;
    }

    /** Whether changes of a kind are taken. */
    public boolean takes(ChangeKind kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }
}
