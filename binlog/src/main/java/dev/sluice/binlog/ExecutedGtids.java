package dev.sluice.binlog;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has been read of a source, as GTIDs: a set of MySQL, or the last one of each domain of MariaDB. Made for being told
 * every transaction: one that follows the one before it costs an addition. Not safe for concurrent use.
 */
public final class ExecutedGtids {
    private final @Nullable MariaDbGtidList domains;
    private final GtidSet set = new GtidSet();
    private @Nullable String text;

    /** The GTIDs added last, {@code prefix} with {@code first} to {@code last}; in the set only after {@link #flush}. */
    private String prefix = "";

    private long first;
    private long last;
    /** Whether the set holds nothing with the prefix beyond {@code last}. */
    private boolean atEnd;

    private ExecutedGtids(@Nullable MariaDbGtidList domains) {
        this.domains = domains;
    }

    /** Parses the text of a set or list; an empty one is fine. */
    public static ExecutedGtids parse(String text, boolean mariaDb) {
        if (mariaDb) {
            return new ExecutedGtids(MariaDbGtidList.parse(text));
        }
        ExecutedGtids executed = new ExecutedGtids(null);
        executed.set.add(text);
        return executed;
    }

    /** Those of the first set or list that are not among the second, as text; empty if all are. */
    public static String missing(String wanted, String read, boolean mariaDb) {
        if (!mariaDb) {
            return GtidSet.parse(wanted).subtract(GtidSet.parse(read)).toString();
        }
        MariaDbGtidList list = MariaDbGtidList.parse(read);
        return Arrays.stream(wanted.split(","))
                .filter(gtid -> !gtid.isBlank() && !list.contains(gtid))
                .collect(Collectors.joining(","));
    }

    /** Adds the GTID of one transaction. */
    public void add(String gtid) {
        text = null;
        if (domains != null) {
            domains.add(gtid);
            return;
        }
        int colon = gtid.lastIndexOf(':') + 1;
        long number = Long.parseLong(gtid, colon, gtid.length(), 10);
        if (number == last + 1 && atEnd && hasPrefix(gtid, colon)) {
            last = number;
            return;
        }
        flush();
        set.add(gtid);
        prefix = gtid.substring(0, colon);
        first = number;
        last = number;
        GtidSet beyond = GtidSet.parse(prefix + (number + 1) + "-" + Long.MAX_VALUE);
        atEnd = beyond.subtract(set).equals(beyond);
    }

    /** Whether a transaction is among those read; of MariaDB, whether a later one of its domain is. */
    public boolean contains(String gtid) {
        if (domains != null) {
            return domains.contains(gtid);
        }
        int colon = gtid.lastIndexOf(':') + 1;
        if (atEnd && hasPrefix(gtid, colon) && Long.parseLong(gtid, colon, gtid.length(), 10) > last) {
            return false;
        }
        flush();
        return set.contains(gtid);
    }

    /** As the server writes it; made anew only after an addition. */
    public String text() {
        String known = text;
        if (known == null) {
            flush();
            known = domains == null ? set.toString() : domains.toString();
            text = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return text();
    }

    private boolean hasPrefix(String gtid, int colon) {
        return colon == prefix.length() && gtid.startsWith(prefix);
    }

    private void flush() {
        if (last > first) {
            set.add(prefix + first + "-" + last);
            first = last;
        }
    }
}
