package dev.sluice.binlog;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The last GTID of each replication domain of MariaDB, "0-1-100,1-2-5"; what is in it has been read. Not safe for
 * concurrent use.
 */
public final class MariaDbGtidList {
    private record Last(String server, long number) {}

    private final TreeMap<Long, Last> domains = new TreeMap<>();

    /** Parses a list; spaces and an empty text are fine. */
    public static MariaDbGtidList parse(String text) {
        MariaDbGtidList list = new MariaDbGtidList();
        for (String gtid : text.split(",")) {
            if (!gtid.isBlank()) {
                list.add(gtid);
            }
        }
        return list;
    }

    /** Makes this GTID the last one of its domain. */
    public void add(String gtid) {
        String[] parts = split(gtid);
        domains.put(Long.parseLong(parts[0]), new Last(parts[1], Long.parseUnsignedLong(parts[2])));
    }

    /** Whether the GTID is not after the last one of its domain. */
    public boolean contains(String gtid) {
        String[] parts = split(gtid);
        Last last = domains.get(Long.parseLong(parts[0]));
        return last != null && Long.compareUnsigned(Long.parseUnsignedLong(parts[2]), last.number) <= 0;
    }

    public boolean isEmpty() {
        return domains.isEmpty();
    }

    @Override
    public String toString() {
        return domains.entrySet().stream().map(MariaDbGtidList::text).collect(Collectors.joining(","));
    }

    private static String text(Map.Entry<Long, Last> domain) {
        return domain.getKey() + "-" + domain.getValue().server + "-" + Long.toUnsignedString(domain.getValue().number);
    }

    private static String[] split(String gtid) {
        String[] parts = gtid.strip().split("-");
        if (parts.length != 3 || !gtid.strip().matches("\\d+-\\d+-\\d+")) {
            throw new IllegalArgumentException("not a GTID of MariaDB: " + gtid);
        }
        return parts;
    }
}
