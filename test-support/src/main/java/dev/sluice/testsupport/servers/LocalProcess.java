package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server that runs as a child process of this JVM. Thread-safe. */
final class LocalProcess implements Lifecycle {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** Answers true once the server does its work; an exception means not yet. */
    @FunctionalInterface
    interface Readiness {
        boolean isReady() throws Exception;
    }

    /** How to run it; the same for every restart. */
    record Launch(
            String name,
            String address,
            List<String> command,
            Map<String, String> environment,
            WorkDirectory work,
            Readiness readiness,
            Consumer<String> says) {}

    private final Launch launch;
    private @Nullable ChildProcess child;

    private LocalProcess(Launch launch) {
        this.launch = launch;
    }

    static LocalProcess start(Launch launch) {
        LocalProcess process = new LocalProcess(launch);
        try {
            process.start();
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        return process;
    }

    private synchronized void start() {
        long begin = System.nanoTime();
        Path directory = launch.work().path();
        ChildProcess started;
        try {
            started = ChildProcess.start(
                    launch.command(), launch.environment(), directory, directory.resolve("server.log"));
        } catch (IOException e) {
            throw new ServerStartException(launch.name() + ": cannot start " + launch.command(), e);
        }
        child = started;
        awaitReady(started);
        launch.says()
                .accept(String.format(
                        Locale.ROOT,
                        "%s: started on %s in %.1f s",
                        launch.name(),
                        launch.address(),
                        (System.nanoTime() - begin) / 1e9));
    }

    private void awaitReady(ChildProcess started) {
        Polling.until(launch.readiness(), START_LIMIT, () -> {
            if (!started.isAlive()) {
                throw new ServerStartException(launch.name() + " ended while starting: " + started.logTail());
            }
            return launch.name() + ": " + started.logTail();
        });
    }

    @Override
    public synchronized void kill9() {
        if (child != null) {
            child.kill9();
        }
    }

    @Override
    public synchronized void stop() {
        if (child != null && child.isAlive()) {
            child.stop(STOP_LIMIT);
        }
    }

    @Override
    public synchronized void restart() {
        stop();
        start();
    }

    @Override
    public synchronized void close() {
        try {
            if (launch.work().temporary()) {
                kill9();
            } else {
                stop();
            }
            launch.work().close();
        } catch (IOException e) {
            throw new UncheckedIOException(launch.name() + ": cannot remove its data", e);
        }
    }

    @Override
    public OptionalLong pid() {
        ChildProcess now = child;
        return now == null || !now.isAlive() ? OptionalLong.empty() : OptionalLong.of(now.pid());
    }
}
