package dev.sluice.admin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the admin service.
 *
 * @param secretKey 32 bytes in base64 that encrypt the passwords of data sources; the same on every service
 * @param adminPassword password of the user admin at the very first start; empty to have one made up and logged once
 * @param dataDir folder of the embedded database
 * @param brokerUri address of RabbitMQ, such as {@code amqp://user:password@host:5672/vhost}, or amqps for TLS
 */
@ConfigurationProperties(prefix = "sluice", ignoreUnknownFields = false)
public record SluiceProperties(
        @DefaultValue("") String secretKey,
        @DefaultValue("") String adminPassword,
        @DefaultValue("./data") String dataDir,
        @DefaultValue("amqp://localhost:5672") String brokerUri) {
    @Override
    public String toString() {
        return "SluiceProperties[dataDir=" + dataDir + "]";
    }
}
