package dev.sluice.redissink.write;

import dev.sluice.redissink.failure.FailureClassifier;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's way to Redis: a connection of its own, on which chunks are pipelined. Each chunk names the watermark
 * that the one before it sets, so if one does not take effect none of the later ones does. Owned by one thread, except
 * {@link #close()}.
 */
final class RedisLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLane.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RedisConnections connections;
    private final RedisConnections.Address address;
    private final Partition partition;
    private volatile @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private String digest = "";

    RedisLane(RedisConnections connections, RedisConnections.Address address, Partition partition) {
        this.connections = connections;
        this.address = address;
        this.partition = partition;
    }

    /** A chunk and the watermark it brings the partition to. */
    record Step(Chunk chunk, Watermark after) {}

    /** The watermark that Redis holds. */
    Watermark watermark() throws InterruptedException {
        StatefulRedisConnection<byte[], byte[]> redis = open();
        RedisFuture<byte @Nullable []> reply = redis.async().get(MarkText.key(partition));
        redis.flushCommands();
        return MarkText.decode(await(reply), partition);
    }

    /**
     * Writes steps in order.
     *
     * @return false if Redis holds another watermark than expected; what was written until then stays
     */
    boolean write(Watermark before, List<Step> steps) throws InterruptedException {
        StatefulRedisConnection<byte[], byte[]> redis = open();
        List<RedisFuture<byte @Nullable []>> replies = new ArrayList<>(steps.size());
        Watermark expected = before;
        for (Step step : steps) {
            replies.add(WriteScript.call(redis.async(), digest, partition, step.chunk(), expected, step.after()));
            redis.flushCommands();
            expected = step.after();
        }
        for (int i = 0; i < replies.size(); i++) {
            if (!MarkText.decode(await(replies.get(i)), partition)
                    .equals(steps.get(i).after())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        StatefulRedisConnection<byte[], byte[]> open = connection;
        connection = null;
        if (open != null) {
            open.closeAsync();
        }
    }

    private StatefulRedisConnection<byte[], byte[]> open() throws InterruptedException {
        StatefulRedisConnection<byte[], byte[]> usable = connection;
        if (usable == null || !usable.isOpen()) {
            close();
            usable = connections.open(address, "sluice:" + partition);
            usable.setAutoFlushCommands(false);
            connection = usable;
            prepare(usable);
        }
        return usable;
    }

    private void prepare(StatefulRedisConnection<byte[], byte[]> redis) throws InterruptedException {
        RedisFuture<String> info = redis.async().info();
        RedisFuture<String> loaded = redis.async().scriptLoad(WriteScript.TEXT);
        redis.flushCommands();
        ServerFacts facts = ServerFacts.of(await(info));
        facts.check(address.server());
        digest = await(loaded);
        LOG.info("partition {}: connected to Redis {}, {}", partition, address.server(), facts);
        if (facts.mayEvictWatermarks()) {
            LOG.warn(
                    "Redis {} has maxmemory-policy {}, which may evict Sluice's watermarks; the pipeline then sends"
                            + " again from the start of its source log: use noeviction or a volatile-* policy",
                    address.server(),
                    facts.evictionPolicy());
        }
    }

    /** After any failure the connection is given up: what is still under way on it must not be taken for the answer. */
    private <T extends @Nullable Object> T await(RedisFuture<T> reply) throws InterruptedException {
        try {
            return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof RedisCommandExecutionException refused
                    ? FailureClassifier.reply(address.server(), String.valueOf(refused.getMessage()), refused)
                    : FailureClassifier.unreachable(address.server(), e);
        } catch (CancellationException | RedisException e) {
            close();
            throw FailureClassifier.unreachable(address.server(), e);
        } catch (TimeoutException e) {
            close();
            throw FailureClassifier.silent(address.server(), PATIENCE);
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }
}
