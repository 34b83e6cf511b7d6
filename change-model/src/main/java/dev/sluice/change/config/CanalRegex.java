package dev.sluice.change.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Table filters as canal's {@code filter.regex} and {@code filter.black.regex} hold them: Perl regular expressions
 * separated by commas, each to match all of {@code schema.table}, without regard to case. Doubled backslashes, as in a
 * properties file, count as single ones.
 */
public final class CanalRegex {
    private CanalRegex() {}

    /** Whether one of the expressions means a table. */
    public static boolean matches(String list, String schema, String table) {
        return compile(list)
                .matcher((schema + "." + table).toLowerCase(Locale.ROOT))
                .matches();
    }

    /** What is wrong with a list; empty if nothing is. */
    static Optional<String> problem(String list) {
        try {
            compile(list);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("'" + e.getPattern() + "' is not a regular expression: " + e.getDescription()
                    + "; mind that canal separates at every comma, so {1,2} cannot be used");
        }
    }

    /** As canal does: the longest first, each anchored. */
    private static Pattern compile(String list) {
        String joined = Arrays.stream(list.replace("\\\\", "\\").split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(part -> "^" + part + "$")
                .collect(Collectors.joining("|"));
        return Pattern.compile(joined, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
