package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

class CaptureServiceSettingsTest {
    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(SettingsOnly.class);

    @Test
    void takesTheBrokerTheKeyAndAName() {
        context.withPropertyValues(
                        "SLUICE_BROKER_URI=amqp://u:secret@host:5672/v",
                        "SLUICE_SECRET_KEY=key",
                        "SLUICE_INSTANCE=left",
                        "SLUICE_CAPTURE_PORT=9")
                .run(started -> {
                    CaptureServiceSettings settings = started.getBean(CaptureServiceSettings.class);
                    assertThat(settings.brokerUri()).isEqualTo("amqp://u:secret@host:5672/v");
                    assertThat(settings.secretKey()).isEqualTo("key");
                    assertThat(settings.instanceId()).startsWith("left-").isNotEqualTo(settings.instanceId());
                    assertThat(settings.toString()).doesNotContain("secret", "key");
                    assertThat(started.getEnvironment().getProperty("server.port"))
                            .isEqualTo("9");
                });
    }

    @Test
    void saysWhichVariableIsMissing() {
        context.withPropertyValues("SLUICE_SECRET_KEY=key")
                .run(started ->
                        assertThat(started).hasFailed().getFailure().hasStackTraceContaining("SLUICE_BROKER_URI"));
        context.withPropertyValues("SLUICE_BROKER_URI=amqp://h")
                .run(started ->
                        assertThat(started).hasFailed().getFailure().hasStackTraceContaining("SLUICE_SECRET_KEY"));
    }

    @Test
    void refusesAnUnknownKey() {
        context.withPropertyValues("SLUICE_BROKER_URI=amqp://h", "SLUICE_SECRET_KEY=key", "sluice.broker-url=amqp://h")
                .run(started -> assertThat(started).hasFailed().getFailure().hasStackTraceContaining("broker-url"));
    }

    @Configuration
    @EnableConfigurationProperties(CaptureServiceSettings.class)
    static class SettingsOnly {}
}
