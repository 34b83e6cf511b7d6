package dev.sluice.dispatch;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.DispatchStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one worker for each pipeline of the configuration. Thread-safe. */
final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** A reader of the configuration stream meets some older versions first; only the last of a burst counts. */
    private static final Duration QUIET = Duration.ofMillis(200);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(25);

    private final BrokerConnections connections;
    private final String instance;
    private final TakeTurns turns = new TakeTurns();
    private final Map<String, DispatchWorker> workers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService reconciler =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "reconciler"));
    private final Object pendingLock = new Object();
    private @Nullable ScheduledFuture<?> pending;
    private volatile long version;

    Dispatcher(BrokerConnections connections, String instance) {
        this.connections = connections;
        this.instance = instance;
    }

    /** Takes a newer configuration; it is followed on another thread once no still newer one comes. */
    void configure(Configuration configuration) {
        synchronized (pendingLock) {
            if (pending != null) {
                pending.cancel(false);
            }
            pending = reconciler.schedule(() -> follow(configuration), QUIET.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Version of the configuration that is followed. */
    long version() {
        return version;
    }

    List<DispatchWorker> workers() {
        return List.copyOf(workers.values());
    }

    List<DispatchStatus> status() {
        return workers().stream().map(DispatchWorker::status).toList();
    }

    /** Drains every pipeline and ends. */
    @Override
    public void close() {
        reconciler.shutdownNow();
        stop(workers());
        workers.clear();
    }

    private void follow(Configuration configuration) {
        try {
            List<DispatchWorker> gone = new ArrayList<>();
            workers.forEach((name, worker) -> {
                if (configuration.pipeline(name).isEmpty()) {
                    gone.add(worker);
                }
            });
            gone.forEach(worker -> workers.remove(worker.name()));
            configuration.pipelines().map(Pipeline::name).forEach(name -> assign(configuration, name));
            version = configuration.version();
            stop(gone);
        } catch (RuntimeException e) {
            LOG.error("configuration {} could not be followed", configuration.version(), e);
        }
    }

    private void assign(Configuration configuration, String name) {
        try {
            Assignment assignment = Assignment.of(configuration, name).orElseThrow();
            DispatchWorker worker = workers.get(name);
            if (worker == null) {
                worker = new DispatchWorker(assignment, connections, instance, turns);
                workers.put(name, worker);
                worker.start();
            } else {
                worker.assign(assignment);
            }
        } catch (InvalidConfiguration e) {
            LOG.error("configuration {}: {}; the pipeline stays as it was", configuration.version(), e.getMessage());
        }
    }

    private static void stop(List<DispatchWorker> leaving) {
        leaving.forEach(DispatchWorker::stop);
        for (DispatchWorker worker : leaving) {
            try {
                worker.join(STOP_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
