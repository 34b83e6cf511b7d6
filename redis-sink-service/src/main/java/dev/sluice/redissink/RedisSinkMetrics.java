package dev.sluice.redissink;

import dev.sluice.redissink.write.RedisWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What the way to one Redis server counts, beside what sink-runtime counts for each partition. Thread-safe. */
final class RedisSinkMetrics {
    private final Counter written;
    private final Counter collapsed;
    private final Counter uncached;
    private final Timer writes;

    RedisSinkMetrics(MeterRegistry registry, String target) {
        written = Counter.builder("sluice.redis.entries")
                .description("Cache entries set or removed")
                .tag("target", target)
                .register(registry);
        collapsed = Counter.builder("sluice.redis.collapsed")
                .description("Changes left out because a later one of the same key was in the same chunk")
                .tag("target", target)
                .register(registry);
        uncached = Counter.builder("sluice.redis.uncached")
                .description("Rows without a cache entry because a column of their key is NULL")
                .tag("target", target)
                .register(registry);
        writes = Timer.builder("sluice.redis.write")
                .description("Time for a batch to be written and answered")
                .tag("target", target)
                .register(registry);
    }

    void written(RedisWriter.Batch batch, long nanos) {
        written.increment(batch.written());
        collapsed.increment(batch.changes() - batch.written());
        writes.record(nanos, TimeUnit.NANOSECONDS);
    }

    void uncached() {
        uncached.increment();
    }
}
