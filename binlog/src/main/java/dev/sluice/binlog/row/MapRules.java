package dev.sluice.binlog.row;

/**
 * What differs in the table maps of servers.
 *
 * @param geometryHasCharset whether geometry columns are in the list of character sets, as in MariaDB (tried on 10.11.5)
 */
public record MapRules(YearSign yearSign, boolean geometryHasCharset) {
    static final MapRules UNKNOWN = new MapRules(YearSign.UNKNOWN, false);

    /** The rules of a server by its version, as its format description names it. */
    public static MapRules of(boolean mariaDb, int major, int minor, int patch) {
        return new MapRules(YearSign.of(mariaDb, major, minor, patch), mariaDb);
    }
}
