package dev.sluice.ddl;

/**
 * Who understands a statement, which decides how it is read.
 *
 * @param version as executable comments have it: 80015 for 8.0.15, 101105 for MariaDB 10.11.5
 * @param sqlMode bits as a query event has them
 */
public record Dialect(boolean mariaDb, int version, long sqlMode) {
    private static final long REAL_AS_FLOAT = 1;
    private static final long ANSI_QUOTES = 1L << 2;
    private static final long ORACLE = 1L << 9;
    private static final long MAXDB = 1L << 12;
    private static final long NO_BACKSLASH_ESCAPES = 1L << 20;

    /** The dialect of a session. */
    public static Dialect of(boolean mariaDb, int major, int minor, int patch, long sqlMode) {
        return new Dialect(mariaDb, major * 10_000 + minor * 100 + patch, sqlMode);
    }

    /** Whether double quotes enclose names. */
    boolean ansiQuotes() {
        return (sqlMode & ANSI_QUOTES) != 0;
    }

    /** Whether a backslash escapes in strings. */
    boolean backslashEscapes() {
        return (sqlMode & NO_BACKSLASH_ESCAPES) == 0;
    }

    boolean realIsFloat() {
        return (sqlMode & REAL_AS_FLOAT) != 0;
    }

    /** Whether types mean what they mean in another database. */
    boolean foreignTypes() {
        return (sqlMode & MAXDB) != 0 || (mariaDb && (sqlMode & ORACLE) != 0);
    }
}
