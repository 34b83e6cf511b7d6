package dev.sluice.apply;

import dev.sluice.broker.Errors;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Starts the apply service. */
@SpringBootApplication
@EnableConfigurationProperties(ApplySettings.class)
public class ApplyApplication {
    public static void main(String[] args) {
        Errors.endTheProcess();
        SpringApplication.run(ApplyApplication.class, args);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ApplyPipeline applyPipeline(ApplySettings settings, MeterRegistry metrics) {
        String version = ApplyApplication.class.getPackage().getImplementationVersion();
        return new ApplyPipeline(
                settings, InstanceName.of(settings.instance()), version == null ? "development" : version, metrics);
    }
}
