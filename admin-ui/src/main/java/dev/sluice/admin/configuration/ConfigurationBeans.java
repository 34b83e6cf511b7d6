package dev.sluice.admin.configuration;

import dev.sluice.admin.SluiceProperties;
import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.config.SecretCipher;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The cipher of passwords, and {@link Edit} as a parameter of controllers. */
@Configuration(proxyBeanMethods = false)
class ConfigurationBeans implements WebMvcConfigurer {
    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Edit.class);
    }

    /** Refuses a wrong key before a database is touched or a port opened. */
    @Bean
    static BeanFactoryPostProcessor secretKeyCheck(Environment environment) {
        return beans -> cipher(environment.getProperty("sluice.secret-key", ""));
    }

    @Bean
    static SecretCipher secretCipher(SluiceProperties properties) {
        return cipher(properties.secretKey());
    }

    private static SecretCipher cipher(String secretKey) {
        if (secretKey.isBlank()) {
            throw new InvalidConfiguration(
                    "SLUICE_SECRET_KEY",
                    "is missing; passwords of data sources are encrypted with it; make one with: openssl rand -base64 32,"
                            + " and give every service the same");
        }
        return new SecretCipher(secretKey);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new Edit.Resolver());
    }
}
