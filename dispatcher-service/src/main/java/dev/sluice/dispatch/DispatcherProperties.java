package dev.sluice.dispatch;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The dispatcher's settings.
 *
 * @param brokerUri where RabbitMQ is: {@code amqp://user:password@host:5672/vhost}, {@code amqps} for TLS
 * @param instance name of this process in logs and status; empty to make one up
 */
@Validated
@ConfigurationProperties(prefix = "sluice", ignoreUnknownFields = false)
record DispatcherProperties(
        @NotBlank(message = "set SLUICE_BROKER_URI to amqp://user:password@host:5672/vhost")
        String brokerUri,

        @DefaultValue("") String instance) {
    @Override
    public String toString() {
        return "DispatcherProperties[instance=" + instance + "]";
    }
}
