package dev.sluice.redissink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

class RedisSinkSettingsTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Settings.class, ValidationAutoConfiguration.class)
            .withPropertyValues("sluice.broker-uri=amqp://u:secret@h:5672", "sluice.secret-key=" + Redis.SECRET_KEY);

    @Configuration
    @EnableConfigurationProperties(RedisSinkSettings.class)
    static class Settings {}

    @Test
    void takesItsSettingsAndNamesEachStartDifferently() {
        runner.withPropertyValues("sluice.instance=cache-1").run(context -> {
            RedisSinkSettings settings = context.getBean(RedisSinkSettings.class);
            assertThat(settings.brokerUri()).isEqualTo("amqp://u:secret@h:5672");
            assertThat(settings.instanceId()).startsWith("cache-1-").isNotEqualTo(settings.instanceId());
            assertThat(settings.toString()).doesNotContain("secret", Redis.SECRET_KEY);
        });
        runner.run(
                context -> assertThat(context.getBean(RedisSinkSettings.class).instanceId())
                        .hasSizeGreaterThan(7));
    }

    @Test
    void refusesAnUnknownKeyByName() {
        runner.withPropertyValues("sluice.borker-uri=x").run(context -> assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .hasMessageContaining("sluice.borker-uri"));
    }

    @Test
    void saysWhichVariableIsMissing() {
        runner.withPropertyValues("sluice.broker-uri=").run(context -> assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .hasMessageContaining("set SLUICE_BROKER_URI"));
        runner.withPropertyValues("sluice.secret-key=").run(context -> assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .hasMessageContaining("set SLUICE_SECRET_KEY"));
    }
}
