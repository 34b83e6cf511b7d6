package dev.sluice.binlog.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a query as texts, by lower-case column name. */
public record ResultRows(List<String> columns, List<Map<String, @Nullable String>> rows) {

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The value of a column in the first row, if there is a row and the value is not NULL. */
    public Optional<String> first(String column) {
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(rows.get(0).get(column));
    }

    /** The first column of the first row. */
    public Optional<String> single() {
        return columns.isEmpty() ? Optional.empty() : first(columns.get(0));
    }
}
