package dev.sluice.capture.snapshot;

import dev.sluice.binlog.row.TableShape;
import java.util.List;
import java.util.Map;

/**
 * A table that is being copied, as it is now.
 *
 * @param key names of the columns by which its rows are ordered and told apart
 * @param primary whether that is the primary key and is found by the index of that name
 * @param collations of its text columns, by name
 * @param rowBytes length of a row as the source estimates it
 */
record SourceTable(TableShape shape, List<String> key, boolean primary, Map<String, String> collations, long rowBytes) {
    int[] keyOrdinals() {
        return keyOrdinalsIn(shape);
    }

    int[] keyOrdinalsIn(TableShape other) {
        return ChunkWindow.ordinals(other, key);
    }
}
