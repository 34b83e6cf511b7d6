package dev.sluice.apply;

import dev.sluice.sink.SinkHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Not UP when the broker or a target has been out of reach for ten seconds. */
@Component("apply")
class ApplyHealth implements HealthIndicator {
    private final ApplyPipeline pipeline;

    ApplyHealth(ApplyPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public Health health() {
        SinkHealth health = pipeline.health();
        Health.Builder builder = health.up() ? Health.up() : Health.down();
        return health.problems().isEmpty()
                ? builder.build()
                : builder.withDetail("problems", health.problems()).build();
    }
}
