package dev.sluice.change.config;

import java.util.List;
import java.util.Map;

/**
 * Which columns go to the target and under which names.
 *
 * @param include names; empty for all
 * @param exclude names
 * @param rename source name to target name
 */
public record ColumnRules(List<String> include, List<String> exclude, Map<String, String> rename) {
    public static final ColumnRules ALL = new ColumnRules(List.of(), List.of(), Map.of());

    /** Whether a column goes to the target. Names compare without case, as MySQL's do. */
    public boolean takes(String column) {
        return (include.isEmpty() || include.stream().anyMatch(column::equalsIgnoreCase))
                && exclude.stream().noneMatch(column::equalsIgnoreCase);
    }

    /** Name at the target. */
    public String targetName(String column) {
        return rename.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(column))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(column);
    }
}
