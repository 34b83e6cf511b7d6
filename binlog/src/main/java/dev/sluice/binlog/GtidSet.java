package dev.sluice.binlog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A set of MySQL GTIDs, "uuid:1-5:7,uuid:tag:1-3"; tags come with MySQL 8.3. Not safe for concurrent use.
 *
 * <p>Source: MySQL manual, "GTID Format and Storage".
 */
public final class GtidSet {
    private static final int TAGGED_FORMAT = 1;
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern INTERVAL = Pattern.compile("\\d+(-\\d+)?");
    private static final Pattern TAG = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,31}");

    /** Inclusive bounds. */
    private record Interval(long first, long last) {}

    private record Origin(String uuid, String tag) implements Comparable<Origin> {
        @Override
        public int compareTo(Origin other) {
            int byUuid = uuid.compareTo(other.uuid);
            return byUuid != 0 ? byUuid : tag.compareTo(other.tag);
        }
    }

    private final TreeMap<Origin, List<Interval>> intervals = new TreeMap<>();

    /** Parses a set; white space and an empty text are fine. */
    public static GtidSet parse(String text) {
        GtidSet set = new GtidSet();
        set.add(text);
        return set;
    }

    /** Adds a GTID or the text of a whole set. */
    public void add(String text) {
        for (String group : text.split(",")) {
            if (!group.isBlank()) {
                addGroup(group.strip());
            }
        }
    }

    public void addAll(GtidSet other) {
        other.intervals.forEach((origin, list) -> list.forEach(each -> add(origin, each.first, each.last)));
    }

    /** Whether every GTID of the other set is in this one. */
    public boolean contains(GtidSet other) {
        return other.subtract(this).isEmpty();
    }

    /** Whether a GTID, or every one of a set given as text, is in this set. */
    public boolean contains(String text) {
        return contains(parse(text));
    }

    /** What is in this set but not in the other. */
    public GtidSet subtract(GtidSet other) {
        GtidSet rest = new GtidSet();
        intervals.forEach((origin, list) -> {
            List<Interval> taken = other.intervals.getOrDefault(origin, List.of());
            for (Interval each : list) {
                long from = each.first;
                for (Interval hole : taken) {
                    if (hole.last < from || hole.first > each.last) {
                        continue;
                    }
                    if (hole.first > from) {
                        rest.add(origin, from, hole.first - 1);
                    }
                    from = hole.last + 1;
                }
                if (from <= each.last) {
                    rest.add(origin, from, each.last);
                }
            }
        });
        return rest;
    }

    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GtidSet set && intervals.equals(set.intervals);
    }

    @Override
    public int hashCode() {
        return intervals.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        String uuid = "";
        for (Map.Entry<Origin, List<Interval>> entry : intervals.entrySet()) {
            Origin origin = entry.getKey();
            if (!origin.uuid.equals(uuid)) {
                text.append(text.isEmpty() ? "" : ",").append(origin.uuid);
                uuid = origin.uuid;
            }
            if (!origin.tag.isEmpty()) {
                text.append(':').append(origin.tag);
            }
            for (Interval each : entry.getValue()) {
                text.append(':').append(each.first);
                if (each.last > each.first) {
                    text.append('-').append(each.last);
                }
            }
        }
        return text.toString();
    }

    /** The set as COM_BINLOG_DUMP_GTID wants it; the format with tags only if there is one. */
    byte[] encoded() {
        boolean tagged = intervals.keySet().stream().anyMatch(origin -> !origin.tag.isEmpty());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long count = intervals.size();
        little(out, tagged ? (long) TAGGED_FORMAT << 56 | count << 8 | TAGGED_FORMAT : count);
        intervals.forEach((origin, list) -> {
            UUID uuid = UUID.fromString(origin.uuid);
            little(out, Long.reverseBytes(uuid.getMostSignificantBits()));
            little(out, Long.reverseBytes(uuid.getLeastSignificantBits()));
            if (tagged) {
                byte[] tag = origin.tag.getBytes(StandardCharsets.US_ASCII);
                out.write(tag.length << 1);
                out.writeBytes(tag);
            }
            little(out, list.size());
            for (Interval each : list) {
                little(out, each.first);
                little(out, each.last + 1);
            }
        });
        return out.toByteArray();
    }

    private static void little(ByteArrayOutputStream out, long value) {
        for (int i = 0; i < 8; i++) {
            out.write((int) (value >>> 8 * i));
        }
    }

    private void addGroup(String group) {
        String[] parts = group.split(":");
        String uuid = uuid(parts[0]);
        if (parts.length < 2) {
            throw new IllegalArgumentException("not a GTID set: " + group);
        }
        String tag = "";
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (INTERVAL.matcher(part).matches()) {
                String[] bounds = part.split("-");
                add(new Origin(uuid, tag), Long.parseLong(bounds[0]), Long.parseLong(bounds[bounds.length - 1]));
            } else if (TAG.matcher(part).matches()) {
                tag = part.toLowerCase(Locale.ROOT);
            } else {
                throw new IllegalArgumentException("not a GTID set: " + group);
            }
        }
    }

    private static String uuid(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (!UUID_TEXT.matcher(plain).matches()) {
            throw new IllegalArgumentException("not the UUID of a GTID: " + text);
        }
        return plain;
    }

    private void add(Origin origin, long first, long last) {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("not an interval of GTIDs: " + first + "-" + last);
        }
        List<Interval> merged = new ArrayList<>();
        long from = first;
        long to = last;
        boolean placed = false;
        for (Interval each : intervals.getOrDefault(origin, List.of())) {
            if (each.last + 1 < from) {
                merged.add(each);
            } else if (to + 1 < each.first) {
                if (!placed) {
                    merged.add(new Interval(from, to));
                    placed = true;
                }
                merged.add(each);
            } else {
                from = Math.min(from, each.first);
                to = Math.max(to, each.last);
            }
        }
        if (!placed) {
            merged.add(new Interval(from, to));
        }
        intervals.put(origin, merged);
    }
}
