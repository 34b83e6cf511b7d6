package dev.sluice.capture;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.ConfigWatcher;
import dev.sluice.broker.StatusPublisher;
import dev.sluice.capture.status.CaptureHealth;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.status.ServiceStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** One running capture service: what follows the configuration, what captures, and what tells of it. Thread-safe. */
final class CaptureInstance implements SmartLifecycle {
    private static final String SERVICE = "capture";

    private final String name;
    private final Captures captures;
    private final ConfigWatcher configuration;
    private final StatusPublisher status;
    private final CaptureHealth health;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "capture-watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    /**
     * An instance; nothing happens until {@link #start()}.
     *
     * @param fatalPause after which something that needs a person is tried again, so that a fix is noticed
     */
    CaptureInstance(
            BrokerConnections connections,
            SecretCipher cipher,
            String name,
            MeterRegistry registry,
            Duration fatalPause) {
        this.name = name;
        captures = new Captures(connections, cipher, name, registry, fatalPause);
        configuration = new ConfigWatcher(connections, name, captures::follow);
        health = new CaptureHealth(configuration::problem, captures::progress);
        status = new StatusPublisher(connections, name, this::status);
    }

    @Override
    public void start() {
        running = true;
        configuration.start();
        status.start();
        watch.scheduleWithFixedDelay(captures::endStalled, 1, 1, TimeUnit.SECONDS);
    }

    /** Stops reading, waits for the confirms of what was read, and gives every lock up. */
    @Override
    public void stop() {
        running = false;
        configuration.close();
        watch.shutdownNow();
        captures.close();
        status.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    CaptureHealth health() {
        return health;
    }

    Captures captures() {
        return captures;
    }

    private ServiceStatus status() {
        String version = CaptureInstance.class.getPackage().getImplementationVersion();
        return new ServiceStatus(
                SERVICE,
                name,
                version == null ? "development" : version,
                Instant.now(),
                configuration.version(),
                captures.status(),
                List.of(),
                List.of());
    }
}
