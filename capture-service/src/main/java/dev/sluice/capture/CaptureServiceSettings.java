package dev.sluice.capture;

import jakarta.validation.constraints.NotBlank;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * All that a capture service is told at its start; the rest comes from the configuration stream.
 *
 * @param brokerUri {@code amqp://user:password@host:port/vhost}
 * @param secretKey decrypts the passwords inside the configuration
 * @param instance name for people; the host's name if empty
 */
@Validated
@ConfigurationProperties(prefix = "sluice", ignoreUnknownFields = false)
record CaptureServiceSettings(
        @NotBlank(message = "set SLUICE_BROKER_URI to amqp://user:password@host:5672/vhost")
        String brokerUri,

        @NotBlank(message = "set SLUICE_SECRET_KEY to the key that the admin service has")
        String secretKey,

        @DefaultValue("") String instance) {
    private static final int SUFFIX = 6;

    /** A name unique for each start of a process. */
    String instanceId() {
        String suffix = UUID.randomUUID().toString().substring(0, SUFFIX);
        return (instance.isBlank() ? hostName() : instance) + "-" + suffix;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "capture";
        }
    }

    @Override
    public String toString() {
        return "CaptureServiceSettings[instance=" + instance + "]";
    }
}
