package dev.sluice.dispatch;

import dev.sluice.change.message.RowOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    private static void add(Map<String, List<String>> expected, Change change, String table, long id, String what) {
        String key = change.table().key().isEmpty() ? table : table + "#" + id;
        expected.computeIfAbsent(key, k -> new ArrayList<>()).add(what);
    }
}
