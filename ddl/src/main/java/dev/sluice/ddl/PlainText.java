package dev.sluice.ddl;

/**
 * A statement in the plainest form that means the same, each character where it was, so that positions stay true: comments
 * are blanks, executable comments are code or blanks, quoted names are in backticks, and what is inside quotes is harmless
 * (<a href="https://dev.mysql.com/doc/refman/8.0/en/comments.html">MySQL</a>,
 * <a href="https://mariadb.com/kb/en/comment-syntax/">MariaDB</a>). So no SQL mode has to be known to a grammar; names and
 * literals are read from the statement itself.
 */
final class PlainText {
    /** MariaDB passes over what is meant for MySQL 5.7 and later. */
    private static final int FIRST_FOREIGN = 50_700;

    private static final int LAST_FOREIGN = 99_999;
    private static final int SHORTEST_VERSION = 5;
    private static final int LONGEST_VERSION = 6;

    private final String sql;
    private final Dialect dialect;
    private final char[] out;
    private int at;
    private int open;

    private PlainText(String sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
        this.out = sql.toCharArray();
    }

    /**
     * The plain form.
     *
     * @throws IllegalArgumentException if a quote or comment does not end
     */
    static String of(String sql, Dialect dialect) {
        return new PlainText(sql, dialect).plain();
    }

    private String plain() {
        while (at < out.length) {
            char c = out[at];
            if (c == '\'' || c == '"' || c == '`') {
                quoted(c);
            } else if (c == '#' || (sql.startsWith("--", at) && blankAt(at + 2))) {
                int end = sql.indexOf('\n', at);
                blank(end < 0 ? out.length : end);
            } else if (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)) {
                executable();
            } else if (sql.startsWith("/*", at)) {
                blank(end(at + 2));
            } else if (open > 0 && sql.startsWith("*/", at)) {
                blank(at + 2);
                open--;
            } else {
                at++;
            }
        }
        if (open > 0) {
            throw new IllegalArgumentException("a comment does not end");
        }
        return new String(out);
    }

    private boolean blankAt(int place) {
        return place >= out.length || sql.charAt(place) <= ' ';
    }

    private void quoted(char quote) {
        boolean name = quote == '`' || (quote == '"' && dialect.ansiQuotes());
        int start = at++;
        while (true) {
            if (at >= out.length) {
                throw new IllegalArgumentException("a quote does not end");
            }
            if (out[at] == quote && (at + 1 == out.length || out[at + 1] != quote)) {
                break;
            }
            int length = out[at] == quote || (out[at] == '\\' && !name && dialect.backslashEscapes()) ? 2 : 1;
            for (int end = Math.min(at + length, out.length); at < end; at++) {
                out[at] = harmless(out[at]) ? out[at] : 'x';
            }
        }
        out[start] = name ? '`' : '\'';
        out[at++] = out[start];
    }

    private static boolean harmless(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private void executable() {
        boolean onlyMariaDb = sql.charAt(at + 2) == 'M';
        int start = at + (onlyMariaDb ? 4 : 3);
        int end = start;
        while (end < out.length && end < start + LONGEST_VERSION && Character.isDigit(out[end])) {
            end++;
        }
        boolean versioned = end - start >= SHORTEST_VERSION;
        int version = versioned ? Integer.parseInt(sql.substring(start, end)) : 0;
        boolean foreign =
                dialect.mariaDb() ? !onlyMariaDb && version >= FIRST_FOREIGN && version <= LAST_FOREIGN : onlyMariaDb;
        if (foreign || version > dialect.version()) {
            blank(endOfSkipped(start));
        } else {
            blank(versioned ? end : start);
            open++;
        }
    }

    /** Where a comment ends that is not executed; it may have comments inside. */
    private int endOfSkipped(int from) {
        int end = end(from);
        int inner = sql.indexOf("/*", from);
        return inner >= 0 && inner < end ? endOfSkipped(end(inner + 2)) : end;
    }

    private int end(int from) {
        int end = sql.indexOf("*/", from);
        if (end < 0) {
            throw new IllegalArgumentException("a comment does not end");
        }
        return end + 2;
    }

    private void blank(int to) {
        while (at < to) {
            out[at++] = ' ';
        }
    }
}
