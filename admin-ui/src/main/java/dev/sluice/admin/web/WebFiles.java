package dev.sluice.admin.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Serves the web interface's files, and its page for every path that the browser routes by itself. */
@Configuration(proxyBeanMethods = false)
class WebFiles implements WebMvcConfigurer {
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/**")
                .addResourceLocations("classpath:/static/")
                .resourceChain(true)
                .addResolver(new PageForEveryRoute());
    }

    private static final class PageForEveryRoute extends PathResourceResolver {
        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            Resource file = path.isEmpty() ? null : super.getResource(path, location);
            if (file != null) {
                return file;
            }
            boolean route = path.lastIndexOf('.') < 0
                    && !path.startsWith("api/")
                    && !path.startsWith("actuator")
                    && !path.startsWith("v3/");
            return route ? super.getResource("index.html", location) : null;
        }
    }
}
