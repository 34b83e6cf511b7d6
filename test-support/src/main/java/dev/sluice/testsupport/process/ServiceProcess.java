package dev.sluice.testsupport.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A Spring Boot service that runs from its jar in a JVM of its own, with its Actuator on a free port of 127.0.0.1. It dies
 * with this JVM. Thread-safe.
 */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /**
     * What to run.
     *
     * @param name for messages
     * @param jvmOptions such as {@code -Xmx256m}
     * @param environment added to this JVM's own
     * @param log takes the output of all runs, one after the other
     */
    public record Launch(String name, Path jar, List<String> jvmOptions, Map<String, String> environment, Path log) {
        public Launch(String name, Path jar, String maximumHeap, Map<String, String> environment, Path log) {
            this(name, jar, List.of("-Xmx" + maximumHeap, "-XX:+UseSerialGC"), environment, log);
        }
    }

    private final Launch launch;
    private final int managementPort = FreePorts.one();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @Nullable ChildProcess child;
    private Duration usedBefore = Duration.ZERO;

    private ServiceProcess(Launch launch) {
        this.launch = launch;
    }

    /** Starts it and does not wait, see {@link #awaitHealthy}. */
    public static ServiceProcess start(Launch launch) throws IOException {
        ServiceProcess service = new ServiceProcess(launch);
        service.start();
        return service;
    }

    private synchronized void start() throws IOException {
        if (!Files.isRegularFile(launch.jar())) {
            throw new IOException(launch.name() + ": no " + launch.jar() + "; build it first");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launch.jvmOptions());
        command.addAll(List.of("-jar", launch.jar().toAbsolutePath().toString()));
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
        environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        Path log = launch.log().toAbsolutePath();
        Path folder = Files.createDirectories(ChildProcess.folderOf(log));
        child = ChildProcess.start(command, environment, folder, log);
    }

    /** Waits until its health says UP; fails at once when the process ends. */
    public ServiceProcess awaitHealthy(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        String answer = "";
        while (System.nanoTime() < deadline) {
            ChildProcess now = child;
            if (now == null || !now.isAlive()) {
                throw new IllegalStateException(launch.name() + " ended: " + tail());
            }
            try {
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(managementUri("/actuator/health"))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                answer = response.body();
                if (response.statusCode() == 200) {
                    return this;
                }
                Thread.sleep(50);
            } catch (IOException e) {
                answer = String.valueOf(e.getMessage());
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + launch.name(), e);
            }
        }
        throw new IllegalStateException(
                launch.name() + " is not healthy after " + limit + ": " + answer + "\n" + tail());
    }

    private void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + launch.name(), e);
        }
    }

    /** An address below the management port, such as {@code /actuator/prometheus}. */
    public URI managementUri(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    public String name() {
        return launch.name();
    }

    public Path log() {
        return launch.log();
    }

    public OptionalLong pid() {
        ChildProcess now = child;
        return now != null && now.isAlive() ? OptionalLong.of(now.pid()) : OptionalLong.empty();
    }

    public boolean isAlive() {
        return pid().isPresent();
    }

    /** Processor time of all runs; what a killed run used after the last look is not counted. */
    public synchronized Duration cpuTime() {
        OptionalLong pid = pid();
        return pid.isPresent() ? usedBefore.plus(CpuTime.of(pid.getAsLong())) : usedBefore;
    }

    /** SIGKILL. */
    public synchronized void kill9() {
        usedBefore = cpuTime();
        if (child != null) {
            child.kill9();
        }
    }

    /** SIGTERM; false when it did not end in time and had to be killed. */
    public synchronized boolean stop() {
        usedBefore = cpuTime();
        return child == null || !child.isAlive() || child.stop(STOP_LIMIT);
    }

    /** Starts it again with the same settings and port, and does not wait; stops it first when running. */
    public synchronized void restart() throws IOException {
        stop();
        start();
    }

    @Override
    public void close() {
        stop();
    }

    private String tail() {
        ChildProcess now = child;
        return now == null ? "(never started)" : now.logTail();
    }
}
