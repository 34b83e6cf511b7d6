package dev.sluice.apply;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The service's settings; everything else comes in the configuration document.
 *
 * @param brokerUri {@code amqp://user:password@host:port/vhost}
 * @param secretKey 32 bytes in base64, with which passwords in the configuration are encrypted
 * @param instance name of this instance; empty for one made of the host's name
 */
@Validated
@ConfigurationProperties(prefix = "sluice", ignoreUnknownFields = false)
public record ApplySettings(
        @NotBlank(message = "set SLUICE_BROKER_URI, such as amqp://user:password@host:5672")
        String brokerUri,

        @NotBlank(message = "set SLUICE_SECRET_KEY to the same key as on every service")
        String secretKey,

        @DefaultValue("") String instance,
        @Valid @DefaultValue Apply apply) {
    /**
     * Towards the targets.
     *
     * @param watermarkSchema database at each target in which the watermarks are kept
     * @param connections to each target at most
     */
    public record Apply(
            @NotBlank @DefaultValue("sluice") String watermarkSchema,
            @Min(1) @DefaultValue("64") int connections) {}

    @Override
    public String toString() {
        return "ApplySettings[instance=" + instance + ", apply=" + apply + "]";
    }
}
