package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class ApplySettingsTest {
    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(Settings.class);

    @Test
    void needsNothingButTheBrokerAndTheKey() {
        service.withPropertyValues("SLUICE_BROKER_URI=amqp://b", "SLUICE_SECRET_KEY=k")
                .run(context -> assertThat(context.getBean(ApplySettings.class))
                        .isEqualTo(new ApplySettings("amqp://b", "k", "", new ApplySettings.Apply("sluice", 64))));
    }

    @Test
    void takesEachSetting() {
        service.withPropertyValues(
                        "SLUICE_BROKER_URI=amqp://b",
                        "SLUICE_SECRET_KEY=k",
                        "SLUICE_INSTANCE=a1",
                        "sluice.apply.watermark-schema=progress",
                        "sluice.apply.connections=7")
                .run(context -> assertThat(context.getBean(ApplySettings.class))
                        .isEqualTo(new ApplySettings("amqp://b", "k", "a1", new ApplySettings.Apply("progress", 7))));
    }

    @Test
    void saysWhichSettingIsMissing() {
        service.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("set SLUICE_BROKER_URI")
                .hasMessageContaining("set SLUICE_SECRET_KEY"));
    }

    @Test
    void refusesASettingThatDoesNotExist() {
        service.withPropertyValues("SLUICE_BROKER_URI=amqp://b", "SLUICE_SECRET_KEY=k", "sluice.apply.conections=7")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("sluice.apply.conections"));
    }

    @Test
    void keepsSecretsOutOfItsText() {
        assertThat(new ApplySettings("amqp://u:secret@b", "key", "i", new ApplySettings.Apply("s", 1)).toString())
                .doesNotContain("secret", "key");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ApplySettings.class)
    static class Settings {}
}
