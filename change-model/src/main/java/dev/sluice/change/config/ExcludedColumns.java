package dev.sluice.change.config;

import java.util.Arrays;
import java.util.List;

/** One rule {@code schema.table:column/column}, the form of canal's {@code filter.black.field}. */
record ExcludedColumns(String tables, List<String> columns) {
    /** Parts that are missing are empty. */
    static ExcludedColumns parse(String rule) {
        int colon = rule.indexOf(':');
        String columns = colon < 0 ? "" : rule.substring(colon + 1);
        return new ExcludedColumns(
                colon < 0 ? rule : rule.substring(0, colon),
                Arrays.stream(columns.split("/", -1)).map(String::strip).toList());
    }
}
