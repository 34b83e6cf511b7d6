package dev.sluice.redissink.write;

import dev.sluice.redissink.projection.CacheChange;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one Redis server, for each partition on a connection of its own. Called by many threads, for one partition
 * by one. Each write takes effect only if Redis still holds the watermark it follows, so neither a replay nor a zombie
 * owner brings an older value back.
 */
public final class RedisWriter implements AutoCloseable {
    /** How much one call of the script may do; Redis does nothing else meanwhile. */
    public record ChunkLimits(int keys, int bytes) {
        public static final ChunkLimits DEFAULT = new ChunkLimits(512, 1_000_000);
    }

    private final RedisConnections connections;
    private final RedisConnections.Address address;
    private final ChunkLimits limits;
    private final Map<Partition, RedisLane> lanes = new ConcurrentHashMap<>();

    /** A writer that connects when it is first used. */
    public RedisWriter(RedisConnections connections, RedisConnections.Address address, ChunkLimits limits) {
        this.connections = connections;
        this.address = address;
        this.limits = limits;
    }

    /** The watermark that Redis holds; throws {@link dev.sluice.redissink.failure.RedisFailure} if it cannot be had. */
    public Watermark watermark(Partition partition) throws InterruptedException {
        return lane(partition).watermark();
    }

    /** Begins a batch that brings a partition from one watermark to another. */
    public Batch batch(Partition partition, Watermark before, Watermark after) {
        return new Batch(partition, before, after);
    }

    @Override
    public void close() {
        lanes.values().forEach(RedisLane::close);
    }

    private RedisLane lane(Partition partition) {
        return lanes.computeIfAbsent(partition, p -> new RedisLane(connections, address, p));
    }

    /** Changes in the order of their entries, cut into chunks as they come. Not thread-safe. */
    public final class Batch {
        private final Partition partition;
        private final Watermark before;
        private final Watermark after;
        /** Whether a chunk may move the watermark to an entry in between: only then its number is of this epoch. */
        private final boolean oneEpoch;

        private final List<RedisLane.Step> steps = new ArrayList<>();
        private Chunk chunk = new Chunk(limits.keys(), limits.bytes());
        private long changes;
        private long written;

        private Batch(Partition partition, Watermark before, Watermark after) {
            this.partition = partition;
            this.before = before;
            this.after = after;
            oneEpoch = before.epoch() == after.epoch() || before.equals(Watermark.NONE);
        }

        /** Adds what an entry changes. */
        public void add(@Nullable CacheChange change) {
            if (change != null) {
                chunk.add(change);
                changes++;
            }
        }

        /** Notes that all changes of an entry are added. */
        public void reached(long seq) {
            if (chunk.full()) {
                step(oneEpoch ? new Watermark(after.epoch(), seq) : before);
            }
        }

        /**
         * Writes it and waits for Redis.
         *
         * @return false if Redis holds another watermark than {@code before}: another owner was faster
         * @throws dev.sluice.redissink.failure.RedisFailure if it failed; how far it came, the watermark tells
         */
        public boolean write() throws InterruptedException {
            if (chunk.size() > 0
                    || steps.isEmpty()
                    || !steps.get(steps.size() - 1).after().equals(after)) {
                step(after);
            }
            return lane(partition).write(before, steps);
        }

        /** How many changes were added. */
        public long changes() {
            return changes;
        }

        /** How many are left of them, since of several changes of one key the last stays. */
        public long written() {
            return written;
        }

        private void step(Watermark mark) {
            written += chunk.size();
            steps.add(new RedisLane.Step(chunk, mark));
            chunk = new Chunk(limits.keys(), limits.bytes());
        }
    }
}
