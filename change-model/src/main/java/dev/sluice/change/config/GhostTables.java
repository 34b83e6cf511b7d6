package dev.sluice.change.config;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the tables that gh-ost and pt-online-schema-change make beside the one they change: {@code _t_gho} or {@code
 * _t_new} takes the place of {@code t}, which becomes {@code _t_del} or {@code _t_old}; {@code _t_ghc} is gh-ost's own
 * (<a href="https://github.com/github/gh-ost/blob/master/doc/cheatsheet.md">gh-ost</a>,
 * <a href="https://docs.percona.com/percona-toolkit/pt-online-schema-change.html">pt-online-schema-change</a>).
 */
public final class GhostTables {
    private static final String SUFFIX = "_(gho|new|del|old|ghc)";
    private static final Pattern NAME =
            Pattern.compile("(_{1,10}.+?)(?:_[0-9]{14})?" + SUFFIX, Pattern.CASE_INSENSITIVE);
    private static final Pattern WITHIN = Pattern.compile(SUFFIX + "\\b", Pattern.CASE_INSENSITIVE);
    /** Of a longer name the tools take the beginning. */
    private static final int LONGEST = 64;

    private GhostTables() {}

    /** Whether a table has such a name. */
    public static boolean is(String table) {
        return table.startsWith("_") && NAME.matcher(table).matches();
    }

    /** Whether a text may have such a name in it. */
    public static boolean mayBeIn(String sql) {
        return WITHIN.matcher(sql).find();
    }

    /** Whether a table may be meant to take the place of another. */
    public static boolean replaces(String ghost, String table) {
        return belongs(ghost, table, "gho", "new");
    }

    /** Whether a table may be what another was before it was changed. */
    public static boolean isLeftOf(String old, String table) {
        return belongs(old, table, "del", "old");
    }

    private static boolean belongs(String ghost, String table, String one, String other) {
        Matcher name = NAME.matcher(ghost);
        if (!name.matches()
                || !name.group(2).equalsIgnoreCase(one) && !name.group(2).equalsIgnoreCase(other)) {
            return false;
        }
        String marked = name.group(1).toLowerCase(Locale.ROOT);
        String plain = table.toLowerCase(Locale.ROOT);
        boolean whole = marked.endsWith(plain)
                && marked.substring(0, marked.length() - plain.length()).matches("_+");
        boolean cut = ghost.getBytes(StandardCharsets.UTF_8).length >= LONGEST && plain.startsWith(marked.substring(1));
        return whole || cut;
    }
}
