package dev.sluice.admin;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.config.InvalidConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way to RabbitMQ. */
@Configuration(proxyBeanMethods = false)
class BrokerBeans {
    @Bean
    BrokerConnections brokerConnections(SluiceProperties properties) {
        try {
            return new BrokerConnections(properties.brokerUri());
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration("SLUICE_BROKER_URI", String.valueOf(e.getMessage()));
        }
    }
}
