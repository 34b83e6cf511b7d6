package dev.sluice.ddl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement cut into words, which tells what it is about without reading it, and what it seems to change if it cannot be
 * read.
 *
 * @param words in upper case where they are not quoted
 * @param about the word behind which the table stands: TABLE, INDEX, DATABASE, TRUNCATE; -1 if it is about none of these
 */
record Words(List<String> words, int about) {
    private static final Pattern WORD = Pattern.compile("`(?:[^`]|``)*`|'(?:[^']|'')*'|[\\w$\\x{80}-\\x{ffff}]+|\\S");
    private static final Set<String> SUBJECTS = Set.of("TABLE", "TABLES", "INDEX", "DATABASE", "SCHEMA");
    private static final Set<String> BETWEEN =
            Set.of("OR", "REPLACE", "UNIQUE", "FULLTEXT", "SPATIAL", "ONLINE", "OFFLINE", "IGNORE");
    private static final Set<String> BEFORE_NAME = Set.of("IF", "NOT", "EXISTS");
    /** Words of statements that may change more tables than the first they name. */
    private static final Set<String> SEVERAL = Set.of("RENAME", "DROP", "EXCHANGE", "CONVERT");

    static Words of(String plain, String sql) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(plain);
        while (matcher.find()) {
            String word = sql.substring(matcher.start(), matcher.end());
            words.add(plain.charAt(matcher.start()) == '`' ? "`" + Identifiers.unquoted(word) : word);
        }
        return new Words(List.copyOf(words), about(words));
    }

    private static int about(List<String> words) {
        int first = 0;
        if (is(words, 0, "SET") && is(words, 1, "STATEMENT")) {
            while (first < words.size() && !is(words, first, "FOR")) {
                first++;
            }
            first++;
        }
        switch (upper(words, first)) {
            case "CREATE", "ALTER", "DROP", "RENAME" -> {
                int at = first + 1;
                while (BETWEEN.contains(upper(words, at))) {
                    at++;
                }
                return SUBJECTS.contains(upper(words, at)) ? at : -1;
            }
            case "TRUNCATE" -> {
                return is(words, first + 1, "TABLE") ? first + 1 : first;
            }
            default -> {
                return -1;
            }
        }
    }

    /** What a statement that cannot be read seems to change. */
    Ddl.Unreadable unreadable(String defaultSchema, String reason) {
        int at = about;
        if (is(words, at, "INDEX")) {
            while (at < words.size() && !is(words, at, "ON")) {
                at++;
            }
        }
        at++;
        while (BEFORE_NAME.contains(upper(words, at))) {
            at++;
        }
        if (is(words, about, "DATABASE") || is(words, about, "SCHEMA")) {
            return new Ddl.Unreadable(Set.of(), Set.of(at < words.size() ? name(at) : defaultSchema), reason);
        }
        boolean named = at < words.size();
        boolean several = !named || words.stream().anyMatch(word -> SEVERAL.contains(word.toUpperCase(Locale.ROOT)));
        return new Ddl.Unreadable(
                named ? Set.of(table(at, defaultSchema)) : Set.of(),
                several ? schemas(defaultSchema) : Set.of(),
                reason);
    }

    private TableName table(int at, String defaultSchema) {
        return is(words, at + 1, ".") && at + 2 < words.size()
                ? new TableName(name(at), name(at + 2))
                : new TableName(defaultSchema, name(at));
    }

    private Set<String> schemas(String defaultSchema) {
        Set<String> schemas = new LinkedHashSet<>(Set.of(defaultSchema));
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).equals(".")) {
                schemas.add(name(i - 1));
            }
        }
        return Set.copyOf(schemas);
    }

    private String name(int at) {
        String word = words.get(at);
        return word.startsWith("`") ? word.substring(1) : word;
    }

    private static boolean is(List<String> words, int at, String word) {
        return upper(words, at).equals(word);
    }

    private static String upper(List<String> words, int at) {
        return at >= 0 && at < words.size() ? words.get(at).toUpperCase(Locale.ROOT) : "";
    }
}
