package dev.sluice.change.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the column rules of a mapping must be; names compare without case. */
final class ColumnRulesCheck {
    private final List<ConfigurationProblem> problems;

    ColumnRulesCheck(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    void check(Mapping mapping, String mappingPath) {
        ColumnRules columns = mapping.columns();
        String at = mappingPath + ".columns";
        if (columns.include() == null || columns.exclude() == null || columns.rename() == null) {
            add(at, "needs include, exclude and rename; leave them empty for all columns");
            return;
        }
        Set<String> included = names(columns.include(), at + ".include");
        Set<String> excluded = names(columns.exclude(), at + ".exclude");
        for (String name : columns.exclude()) {
            if (name != null && included.contains(fold(name))) {
                add(at + ".exclude", "'" + name + "' is in include as well; keep it in one of them");
            }
        }
        checkRename(columns, included, excluded, at + ".rename");
    }

    private Set<String> names(List<String> list, String at) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String name = list.get(i);
            if (name == null || name.isBlank()) {
                add(at + "[" + i + "]", "is empty; remove it or give a column name");
            } else if (!names.add(fold(name))) {
                add(at + "[" + i + "]", "'" + name + "' is there twice; remove one");
            }
        }
        return names;
    }

    private void checkRename(ColumnRules columns, Set<String> included, Set<String> excluded, String at) {
        Map<String, String> bySource = new HashMap<>();
        Map<String, String> byTarget = new HashMap<>();
        columns.rename().forEach((from, to) -> {
            String field = at + "." + from;
            if (from.isBlank() || to == null || to.isBlank()) {
                add(field, "is empty; give a source column and its name at the target");
                return;
            }
            if (bySource.putIfAbsent(fold(from), from) != null) {
                add(field, "'" + from + "' is renamed twice; keep one");
            }
            if (!columns.takes(from)) {
                add(field, "'" + from + "' is left out by include or exclude; remove one of the two rules");
            }
            String other = byTarget.putIfAbsent(fold(to), from);
            if (other != null) {
                add(field, "'" + other + "' is renamed to '" + to + "' too; give each its own name");
            }
        });
        columns.rename().forEach((from, to) -> {
            boolean taken = to != null
                    && included.contains(fold(to))
                    && !excluded.contains(fold(to))
                    && !bySource.containsKey(fold(to));
            if (taken) {
                add(
                        at + "." + from,
                        "column '" + to + "' is included under that name; rename it too or choose another");
            }
        });
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }
}
