package dev.sluice.ddl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts words that the grammar of MariaDB knows in the place of some that it lacks, without moving any character; what they
 * are is read from the statement itself.
 */
final class MariaDbWords {
    /** Types of their own: where one is a name instead, the word put in its place can be a name too. */
    private static final Pattern TYPE = Pattern.compile("(?i)(?<=[\\s`])(?:INET6|INET4|UUID)(?=[\\s,)]|$)");

    private static final Pattern COMPRESSED =
            Pattern.compile("(?i)(?<=(?:\\)|TEXT|BLOB)\\s{1,30})COMPRESSED(?![\\w$])(?:\\s*=\\s*\\w+)?");

    private MariaDbWords() {}

    static String known(String plain) {
        String typed = TYPE.matcher(plain).replaceAll(match -> match.group().length() == 4 ? "DATE" : "POINT");
        Matcher compressed = COMPRESSED.matcher(typed);
        return compressed.replaceAll(match -> " ".repeat(match.group().length()));
    }
}
