package dev.sluice.redissink.write;

import dev.sluice.redissink.projection.CacheChange;
import dev.sluice.redissink.projection.CacheKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes that are written in one call of the script. Of several changes of one key the last stays. Bounded, because Redis does nothing else while a script runs. Not thread-safe.
 */
final class Chunk {
    private final int maxKeys;
    private final int maxBytes;
    private final Map<CacheKey, CacheChange> changes = new LinkedHashMap<>();
    private int bytes;

    Chunk(int maxKeys, int maxBytes) {
        this.maxKeys = maxKeys;
        this.maxBytes = maxBytes;
    }

    void add(CacheChange change) {
        CacheChange replaced = changes.put(change.key(), change);
        bytes += change.size() - (replaced == null ? 0 : replaced.size());
    }

    boolean full() {
        return changes.size() >= maxKeys || bytes >= maxBytes;
    }

    Iterable<CacheChange> changes() {
        return changes.values();
    }

    int size() {
        return changes.size();
    }
}
