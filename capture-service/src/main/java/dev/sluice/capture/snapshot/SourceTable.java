package dev.sluice.capture.snapshot;

import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.TableShape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A table that is being copied, as it is now.
 *
 * @param key names of the columns by which its rows are ordered and told apart; empty if nothing tells them apart
 * @param primary whether that is the primary key and is found by the index of that name
 * @param collations of its text columns, by name
 * @param rowBytes length of a row as the source estimates it
 * @param views whether transactions go on seeing it as it was
 */
record SourceTable(
        TableShape shape,
        List<String> key,
        boolean primary,
        Map<String, String> collations,
        long rowBytes,
        boolean views) {
    int[] keyOrdinals() {
        return keyOrdinalsIn(shape);
    }

    int[] keyOrdinalsIn(TableShape other) {
        return ordinals(other.columns(), key);
    }

    /** Where the named ones are among the columns. */
    static int[] ordinals(List<ColumnShape> columns, List<String> names) {
        return names.stream()
                .mapToInt(name -> IntStream.range(0, columns.size())
                        .filter(i -> columns.get(i).name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow(() -> new CannotCopy("column " + name + " of its key is not in the binlog")))
                .toArray();
    }
}
