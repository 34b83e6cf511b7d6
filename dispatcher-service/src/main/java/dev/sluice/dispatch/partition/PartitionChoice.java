package dev.sluice.dispatch.partition;

import dev.sluice.change.message.KeyHash;
import dev.sluice.change.message.TableLine;
import java.util.Objects;

/**
 * Decides which rows may go side by side (ARCHITECTURE 3.9). Rows are spread by their primary key only where nothing
 * else ties them together: a further unique key, or a cache key that is not made of the primary key, keeps a table to
 * one partition, chosen by the target's name so that tables that are merged meet there.
 */
final class PartitionChoice {
    static final int BY_KEY = -1;

    private PartitionChoice() {}

    /** The partition of every row of a rewritten table; {@link #BY_KEY} if each row's key decides. */
    static int of(TableLine table, int partitions) {
        if (!table.key().isEmpty() && table.unique().isEmpty() && cacheKeyHoldsPrimaryKey(table)) {
            return BY_KEY;
        }
        TableLine.Target target = Objects.requireNonNull(table.target());
        return KeyHash.partition(KeyHash.ofTable(target.schema(), target.name()), partitions);
    }

    private static boolean cacheKeyHoldsPrimaryKey(TableLine table) {
        if (table.cache() == null) {
            return true;
        }
        String template = table.cache().key();
        return table.key().stream()
                .map(ordinal -> table.columns().get(ordinal))
                .allMatch(column -> template.contains("{" + column.name() + "}")
                        || template.contains("{" + column.targetName() + "}"));
    }
}
