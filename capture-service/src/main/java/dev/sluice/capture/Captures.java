package dev.sluice.capture;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.capture.status.CaptureMetrics;
import dev.sluice.capture.status.CaptureProgress;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.status.CaptureStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The captures of this instance, one for each source that the configuration wants captured. Thread-safe. */
final class Captures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Captures.class);

    private final BrokerConnections connections;
    private final SecretCipher cipher;
    private final String instance;
    private final MeterRegistry registry;
    private final Duration fatalPause;
    private final Map<String, Capture> running = new ConcurrentHashMap<>();
    private boolean closed;

    Captures(
            BrokerConnections connections,
            SecretCipher cipher,
            String instance,
            MeterRegistry registry,
            Duration fatalPause) {
        this.connections = connections;
        this.cipher = cipher;
        this.instance = instance;
        this.registry = registry;
        this.fatalPause = fatalPause;
    }

    /** Starts, stops and restarts what the configuration asks for; what did not change is not disturbed. */
    synchronized void follow(Configuration configuration) {
        if (closed) {
            return;
        }
        List<DataSource> wanted = configuration.capturedSources();
        stop(running.values().stream()
                .filter(capture -> !wanted.contains(capture.worker.source()))
                .toList());
        running.values().forEach(capture -> capture.worker.follow(configuration));
        for (DataSource source : wanted) {
            if (source.capture() == null || !source.kind().capturable()) {
                LOG.error("data source {} has no capture settings, or is none that can be captured", source.name());
            } else if (!running.containsKey(source.name())) {
                start(source, configuration);
            }
        }
    }

    private void start(DataSource source, Configuration configuration) {
        CaptureWorker worker =
                new CaptureWorker(connections, cipher, source, configuration, instance, this::owned, fatalPause);
        running.put(source.name(), new Capture(worker, new CaptureMetrics(registry, worker.progress())));
        worker.start();
        LOG.info("following source {}", source);
    }

    private void stop(Collection<Capture> captures) {
        captures.parallelStream().forEach(capture -> {
            capture.worker.close();
            capture.metrics.close();
            running.remove(capture.worker.source().name());
            LOG.info("no longer following source {}", capture.worker.source());
        });
    }

    private int owned() {
        return (int) progress().stream().filter(CaptureProgress::owned).count();
    }

    Collection<CaptureProgress> progress() {
        return running.values().stream()
                .map(capture -> capture.worker.progress())
                .toList();
    }

    List<CaptureStatus> status() {
        List<CaptureStatus> all = new ArrayList<>();
        running.values().forEach(capture -> all.add(capture.worker.progress().status()));
        return all;
    }

    /** Looks after captures that the broker has forgotten; to be called every now and then. */
    void endStalled() {
        running.values().forEach(capture -> capture.worker.endIfStalled());
    }

    /** Stops all, each in good order. */
    @Override
    public synchronized void close() {
        closed = true;
        stop(List.copyOf(running.values()));
    }

    private record Capture(CaptureWorker worker, CaptureMetrics metrics) {}
}
