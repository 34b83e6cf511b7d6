package dev.sluice.redissink;

import dev.sluice.sink.SinkHealth;
import dev.sluice.sink.SinkRuntime;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** UP as long as this instance can do its part, be it as a standby. */
@Component
class RedisSinkHealthIndicator implements HealthIndicator {
    private final SinkRuntime runtime;

    RedisSinkHealthIndicator(SinkRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Health health() {
        SinkHealth health = runtime.health();
        return (health.up() ? Health.up() : Health.down())
                .withDetail("configurationVersion", runtime.configVersion())
                .withDetail("partitions", runtime.status().size())
                .withDetail("problems", health.problems())
                .build();
    }
}
