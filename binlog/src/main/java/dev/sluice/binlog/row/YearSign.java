package dev.sluice.binlog.row;

/**
 * Whether a server's table maps have a bit for YEAR columns in their list of signs.
 *
 * <p>Source: tried on MySQL 8.0.15 (no), 9.7.4 (yes) and MariaDB 10.11.5 (yes), where the bit is always set; the sources
 * of 8.0.20 have none, reports about 8.0.29 show one.
 */
public enum YearSign {
    ABSENT,
    PRESENT,
    /** Told from the bits alone, and refused where both readings make sense and differ. */
    UNKNOWN;

    /** The rule of a server by its version, as its format description names it. */
    public static YearSign of(boolean mariaDb, int major, int minor, int patch) {
        if (mariaDb || major > 8 || major == 8 && minor > 0 || major == 8 && patch >= 29) {
            return PRESENT;
        }
        return major < 8 || patch <= 20 ? ABSENT : UNKNOWN;
    }
}
