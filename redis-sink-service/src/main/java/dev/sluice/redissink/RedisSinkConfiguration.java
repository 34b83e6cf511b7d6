package dev.sluice.redissink;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.redissink.write.RedisConnections;
import dev.sluice.redissink.write.RedisWriter;
import dev.sluice.sink.SinkRuntime;
import dev.sluice.sink.SinkSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the stages together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RedisSinkSettings.class)
class RedisSinkConfiguration {
    @Bean
    BrokerConnections brokerConnections(RedisSinkSettings settings) {
        return new BrokerConnections(settings.brokerUri());
    }

    @Bean(destroyMethod = "close")
    RedisConnections redisConnections(RedisSinkSettings settings) {
        return new RedisConnections(new SecretCipher(settings.secretKey()));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    SinkRuntime sinkRuntime(
            RedisSinkSettings settings, BrokerConnections broker, RedisConnections redis, MeterRegistry metrics) {
        return new SinkRuntime(
                SinkSettings.of("redis-sink", settings.instanceId(), version(), Set.of(DataSource.Kind.REDIS)),
                broker,
                (target, sources) -> new RedisSinkPipeline(
                        new RedisWriter(redis, redis.address(target), RedisWriter.ChunkLimits.DEFAULT),
                        new RedisSinkMetrics(metrics, target.name())),
                metrics);
    }

    private static String version() {
        String version = RedisSinkConfiguration.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
