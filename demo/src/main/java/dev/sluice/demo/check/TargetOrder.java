package dev.sluice.demo.check;

import dev.sluice.change.message.CellText;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches the versions that a row takes at the target: they may skip, for changes are merged, but never go back. Not
 * thread-safe.
 */
final class TargetOrder {
    private final Map<Long, Long> versions = new HashMap<>();
    private long outOfOrder;

    /** A row was written with a version. */
    void wrote(long id, long version) {
        Long before = versions.put(id, version);
        if (before != null && version < before) {
            outOfOrder++;
        }
    }

    void deleted(long id) {
        versions.put(id, Long.MAX_VALUE);
    }

    long outOfOrder() {
        return outOfOrder;
    }

    static long number(byte[] json, int from, int to) {
        return Long.parseLong(CellText.decode(json, from, to));
    }
}
