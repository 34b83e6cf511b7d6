package dev.sluice.admin.configuration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** DOWN while configurations cannot be published. */
@Component("brokerHealthIndicator")
class BrokerHealth implements HealthIndicator {
    private final ConfigurationPublisher publisher;

    BrokerHealth(ConfigurationPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Health health() {
        String problem = publisher.problem();
        Health.Builder health = problem == null ? Health.up() : Health.down().withDetail("error", problem);
        return health.withDetail("publishedVersion", publisher.published()).build();
    }
}
