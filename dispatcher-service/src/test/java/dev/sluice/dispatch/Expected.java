package dev.sluice.dispatch;

import dev.sluice.change.message.RowOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What must arrive of a history: for each key of each target table, its changes in order. */
final class Expected {
    private Expected() {}

    /**
     * Works it out.
     *
     * @param target name of the target table of a source table; null if it is left out
     */
    static Map<String, List<String>> of(
            List<Change> changes, Predicate<Change> taken, Function<Change, @Nullable String> target) {
        Map<String, List<String>> expected = new TreeMap<>();
        for (Change change : changes) {
            String table = target.apply(change);
            if (table == null || !taken.test(change)) {
                continue;
            }
            if (change.op() == RowOp.UPDATE && change.id() != change.oldId()) {
                add(expected, change, table, change.oldId(), "d" + change.oldVersion());
                add(expected, change, table, change.id(), "c" + change.version());
            } else {
                add(expected, change, table, change.id(), change.op().code() + "" + change.version());
            }
        }
        return expected;
    }

    /** Where what arrived is not what was expected; empty if nowhere. Short, for whole maps make an unreadable message. */
    static List<String> differences(Map<String, List<String>> arrived, Map<String, List<String>> expected) {
        Set<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(arrived.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(arrived.get(key), expected.get(key)))
                .limit(3)
                .map(key -> key + ": expected " + tail(expected.get(key)) + " but was " + tail(arrived.get(key)))
                .toList();
    }

    private static String tail(@Nullable List<String> changes) {
        return changes == null || changes.size() <= 12
                ? String.valueOf(changes)
                : changes.size() + " ending in " + changes.subList(changes.size() - 12, changes.size());
    }

    private static void add(Map<String, List<String>> expected, Change change, String table, long id, String what) {
        String key = change.table().key().isEmpty() ? table : table + "#" + id;
        expected.computeIfAbsent(key, k -> new ArrayList<>()).add(what);
    }
}
