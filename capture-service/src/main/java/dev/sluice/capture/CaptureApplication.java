package dev.sluice.capture;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.Errors;
import dev.sluice.capture.status.CaptureHealth;
import dev.sluice.change.config.SecretCipher;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Starts the capture service. */
@SpringBootApplication
@EnableConfigurationProperties(CaptureServiceSettings.class)
public class CaptureApplication {
    public static void main(String[] args) {
        Errors.endTheProcess();
        SpringApplication.run(CaptureApplication.class, args);
    }

    @Bean
    CaptureInstance captureInstance(CaptureServiceSettings settings, MeterRegistry registry) {
        return new CaptureInstance(
                new BrokerConnections(settings.brokerUri()),
                new SecretCipher(settings.secretKey()),
                settings.instanceId(),
                registry,
                CaptureWorker.FATAL_PAUSE);
    }

    @Bean
    CaptureHealth captureHealth(CaptureInstance instance) {
        return instance.health();
    }
}
