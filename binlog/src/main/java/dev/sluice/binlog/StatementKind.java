package dev.sluice.binlog;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a statement in the log means for reading it, told by its first words. */
enum StatementKind {
    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT,
    RELEASE,
    ROLLBACK_TO,
    XA,
    /** A change of rows that the log does not hold as rows. */
    ROW_CHANGE,
    /** What a server logs for a MEMORY table that a restart has emptied. */
    EMPTIED_TABLE,
    OTHER;

    private static final Set<String> ROW_CHANGES =
            Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "SELECT", "CALL", "WITH", "DO");
    private static final Pattern NOISE = Pattern.compile("(?:\\s+|/\\*(?!!)(?s:.*?)\\*/|--\\s[^\\n]*\\n|#[^\\n]*\\n)+");
    private static final Pattern WORD = Pattern.compile("(?:/\\*!\\d*\\s*)?([A-Za-z]+)");
    private static final Pattern SECOND = Pattern.compile("\\s*\\w+\\s+(\\w+)");
    private static final Pattern EMPTYING =
            Pattern.compile("\\s*DELETE FROM ((?:`(?:[^`]|``)+`\\.)?`(?:[^`]|``)+`)\\s*", Pattern.CASE_INSENSITIVE);

    static StatementKind of(String sql) {
        if (sql.equals("BEGIN")) {
            return BEGIN; // as a server writes it, once in every transaction
        }
        return switch (firstWord(sql)) {
            case "BEGIN" -> BEGIN;
            case "COMMIT" -> COMMIT;
            case "ROLLBACK" -> sql.strip().length() > "ROLLBACK".length() ? ROLLBACK_TO : ROLLBACK;
            case "SAVEPOINT" -> SAVEPOINT;
            case "RELEASE" -> RELEASE;
            case "XA" -> XA;
            case "DELETE" -> EMPTYING.matcher(sql).matches() ? EMPTIED_TABLE : ROW_CHANGE;
            default -> ROW_CHANGES.contains(firstWord(sql)) ? ROW_CHANGE : OTHER;
        };
    }

    /** The first word in upper case, behind spaces and comments; empty if there is none. */
    static String firstWord(String sql) {
        Matcher noise = NOISE.matcher(sql);
        int start = noise.lookingAt() ? noise.end() : 0;
        Matcher word = WORD.matcher(sql).region(start, sql.length());
        return word.lookingAt() ? word.group(1).toUpperCase(Locale.ROOT) : "";
    }

    /** The word behind the first one, in upper case; empty if there is none. */
    static String secondWord(String sql) {
        Matcher matcher = SECOND.matcher(sql);
        return matcher.lookingAt() ? matcher.group(1).toUpperCase(Locale.ROOT) : "";
    }

    static String asTruncate(String sql) {
        Matcher matcher = EMPTYING.matcher(sql);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the emptying of a table: " + sql);
        }
        return "TRUNCATE TABLE " + matcher.group(1);
    }
}
