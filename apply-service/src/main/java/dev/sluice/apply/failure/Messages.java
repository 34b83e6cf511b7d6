package dev.sluice.apply.failure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server's message may tell outside: names, but no values of rows. */
final class Messages {
    private Messages() {}

    /** The name that a pattern's first group finds. */
    static String name(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? matcher.group(1) : "(unknown)";
    }

    static String withoutValues(String message) {
        return firstLine(message).replaceAll("'[^']*'", "'…'");
    }

    private static String firstLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
