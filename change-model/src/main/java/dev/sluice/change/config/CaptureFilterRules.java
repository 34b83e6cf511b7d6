package dev.sluice.change.config;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a capture filter must be. */
final class CaptureFilterRules {
    /** It travels in the header of each message of the source log. */
    private static final int MAX_LENGTH = 8_000;

    private static final String FORM = "use schema.table with * and ?, such as shop.order_*";

    private final List<ConfigurationProblem> problems;

    CaptureFilterRules(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    void check(CaptureFilter filter, String at) {
        checkPatterns(filter.include(), at + ".include");
        checkPatterns(filter.exclude(), at + ".exclude");
        checkRegex(filter.canalRegex(), at + ".canalRegex");
        checkRegex(filter.canalBlackRegex(), at + ".canalBlackRegex");
        for (int i = 0; i < filter.excludeColumns().size(); i++) {
            checkColumns(filter.excludeColumns().get(i), at + ".excludeColumns[" + i + "]");
        }
        if (filter.kinds().stream().anyMatch(Objects::isNull)) {
            add(at + ".kinds", "holds an empty entry; choose among INSERT, UPDATE and DELETE");
        }
        if (filter.toString().length() > MAX_LENGTH) {
            add(at, "is longer than " + MAX_LENGTH + " characters; use fewer and wider patterns");
        }
    }

    private void checkPatterns(List<String> patterns, String at) {
        for (int i = 0; i < patterns.size(); i++) {
            checkPattern(patterns.get(i), at + "[" + i + "]");
        }
    }

    private void checkPattern(@Nullable String pattern, String at) {
        int dot = pattern == null ? -1 : pattern.indexOf('.');
        if (pattern == null || dot < 1 || dot == pattern.length() - 1 || pattern.contains(",")) {
            add(at, "'" + pattern + "' does not mean a table; " + FORM);
        } else if (pattern.contains("\\")) {
            add(at, "'" + pattern + "' looks like a regular expression; put it into canalRegex or canalBlackRegex");
        }
    }

    private void checkRegex(@Nullable String list, String at) {
        if (list != null) {
            CanalRegex.problem(list).ifPresent(problem -> add(at, problem));
        }
    }

    private void checkColumns(@Nullable String rule, String at) {
        ExcludedColumns parsed = ExcludedColumns.parse(rule == null ? "" : rule);
        if (parsed.columns().stream().anyMatch(String::isEmpty)) {
            add(at, "'" + rule + "' names no column; use schema.table:column/column, such as shop.users:password");
        } else {
            checkPattern(parsed.tables(), at);
        }
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }
}
