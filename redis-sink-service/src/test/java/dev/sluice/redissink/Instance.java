package dev.sluice.redissink;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.config.DataSource;
import dev.sluice.redissink.write.RedisConnections;
import dev.sluice.redissink.write.RedisWriter;
import dev.sluice.sink.SinkRuntime;
import dev.sluice.sink.SinkSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** A Redis sink without its web server, with less patience and small chunks. */
record Instance(SinkRuntime runtime, RedisConnections redis, SimpleMeterRegistry metrics) implements AutoCloseable {
    static Instance start(BrokerConnections broker) {
        RedisConnections redis = new RedisConnections(Redis.CIPHER);
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        SinkSettings settings = new SinkSettings(
                "redis-sink",
                "it-" + UUID.randomUUID(),
                "test",
                Set.of(DataSource.Kind.REDIS),
                500,
                1_000_000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        SinkRuntime runtime = new SinkRuntime(
                settings,
                broker,
                (target, sources) -> new RedisSinkPipeline(
                        new RedisWriter(redis, redis.address(target), new RedisWriter.ChunkLimits(16, 20_000)),
                        new RedisSinkMetrics(metrics, target.name())),
                metrics);
        return new Instance(runtime.start(), redis, metrics);
    }

    @Override
    public void close() {
        runtime.close();
        redis.close();
    }
}
