package dev.sluice.dispatch;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.ConfigWatcher;
import dev.sluice.broker.StatusPublisher;
import dev.sluice.change.status.ServiceStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the service: configuration in, workers, status out. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DispatcherProperties.class)
class DispatcherConfiguration {
    @Bean
    BrokerConnections brokerConnections(DispatcherProperties properties) {
        return new BrokerConnections(properties.brokerUri());
    }

    @Bean
    InstanceName instanceName(DispatcherProperties properties) {
        return InstanceName.of(properties.instance());
    }

    @Bean(destroyMethod = "close")
    Dispatcher dispatcher(BrokerConnections connections, InstanceName instance) {
        return new Dispatcher(connections, instance.value());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ConfigWatcher configWatcher(BrokerConnections connections, InstanceName instance, Dispatcher dispatcher) {
        return new ConfigWatcher(connections, instance.value(), dispatcher::configure);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    StatusPublisher statusPublisher(
            BrokerConnections connections,
            InstanceName instance,
            Dispatcher dispatcher,
            ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? "development" : String.valueOf(properties.getVersion());
        return new StatusPublisher(
                connections,
                instance.value(),
                () -> new ServiceStatus(
                        "dispatcher",
                        instance.value(),
                        version,
                        Instant.now(),
                        dispatcher.version(),
                        List.of(),
                        dispatcher.status(),
                        List.of()));
    }

    @Bean
    DispatchHealth dispatchHealth(ConfigWatcher watcher, Dispatcher dispatcher) {
        return new DispatchHealth(watcher, dispatcher);
    }

    @Bean
    DispatchMetrics dispatchMetrics(MeterRegistry registry, Dispatcher dispatcher) {
        return new DispatchMetrics(registry, dispatcher);
    }

    /** Name of this process, unique for each start. */
    record InstanceName(String value) {
        static InstanceName of(String given) {
            String start = UUID.randomUUID().toString().substring(0, 8);
            if (!given.isBlank()) {
                return new InstanceName(given + "-" + start);
            }
            try {
                return new InstanceName(
                        "dispatcher-" + InetAddress.getLocalHost().getHostName() + "-" + start);
            } catch (UnknownHostException e) {
                return new InstanceName("dispatcher-" + start);
            }
        }
    }
}
