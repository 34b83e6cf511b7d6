package dev.sluice.redissink.projection;

import dev.sluice.change.config.CacheRule;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.Row;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns the rows of one table into changes of cache entries, as its table line's cache rule says. Not thread-safe. */
public final class TableProjection {
    /** Beyond it Redis could run over the largest time it knows and refuse half of a chunk. */
    private static final Duration LONGEST_TTL = Duration.ofDays(36_500);

    private final KeyProjection keys;
    private final ValueProjection values;
    private final CacheRule.Format format;
    private final long ttlMillis;

    private TableProjection(TableLine table, CacheRule rule) {
        keys = KeyProjection.of(KeyTemplate.parse(rule.key()), table);
        values = new ValueProjection(table);
        format = rule.format();
        ttlMillis = ttlMillis(table, rule.ttl());
    }

    /**
     * Compiles the rule of a table.
     *
     * @throws InvalidCacheRule if there is none or it does not fit the table
     */
    public static TableProjection of(TableLine table) {
        CacheRule rule = table.cache();
        if (rule == null) {
            throw new InvalidCacheRule("the mapping of table " + table.schema() + "." + table.name()
                    + " has no cache rule; give it a key template and a format");
        }
        return new TableProjection(table, rule);
    }

    /** Ordinal of a column that the entry is made of and that the row lacks; -1 if there is none. */
    public int lacking(Row row) {
        int key = keys.lacking(row);
        return key >= 0 || row.complete() || row.op() == RowOp.DELETE ? key : values.lacking(row);
    }

    /** The entry that the row had under another key before this update; null if there was none. */
    public CacheChange.@Nullable Remove obsolete(Row row) {
        if (row.op() != RowOp.UPDATE || !keys.changed(row)) {
            return null;
        }
        CacheKey before = keys.keyBefore(row);
        return before == null || before.equals(keys.key(row)) ? null : new CacheChange.Remove(before);
    }

    /** What happens to the entry of the row; null if it has none because a column of the key is NULL. */
    public @Nullable CacheChange current(Row row) {
        CacheKey key = keys.key(row);
        if (key == null) {
            return null;
        }
        if (row.op() == RowOp.DELETE) {
            return new CacheChange.Remove(key);
        }
        return switch (format) {
            case JSON -> new CacheChange.Store(key, values.json(row), ttlMillis);
            case HASH -> new CacheChange.StoreHash(key, values.hash(row), ttlMillis);
        };
    }

    private static long ttlMillis(TableLine table, @Nullable Duration ttl) {
        if (ttl == null) {
            return CacheChange.NO_TTL;
        }
        if (ttl.compareTo(Duration.ofMillis(1)) < 0 || ttl.compareTo(LONGEST_TTL) > 0) {
            throw new InvalidCacheRule("the cache rule of table " + table.schema() + "." + table.name()
                    + " has the ttl " + ttl + "; it must be between a millisecond and 100 years, or absent");
        }
        return ttl.toMillis();
    }
}
