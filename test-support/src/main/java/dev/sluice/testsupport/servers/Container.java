package dev.sluice.testsupport.servers;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.testcontainers.containers.GenericContainer;

/** A server in a Docker container; its data live as long as the container. */
final class Container implements Lifecycle {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final String name;
    private final GenericContainer<?> container;
    private final LocalProcess.Readiness readiness;

    private Container(String name, GenericContainer<?> container, LocalProcess.Readiness readiness) {
        this.name = name;
        this.container = container;
        this.readiness = readiness;
    }

    static Container start(String name, GenericContainer<?> container, LocalProcess.Readiness readiness) {
        Container started = new Container(name, container, readiness);
        try {
            container.start();
            started.awaitReady();
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private void awaitReady() {
        Polling.until(readiness, START_LIMIT, () -> {
            if (!container.isRunning()) {
                throw new ServerStartException(name + " ended while starting: " + container.getLogs());
            }
            return name + ": " + container.getLogs();
        });
    }

    String rabbitmqctl(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("rabbitmqctl"));
        command.addAll(arguments);
        try {
            var result = container.execInContainer(command.toArray(String[]::new));
            if (result.getExitCode() != 0) {
                throw new IOException(result.getStderr() + result.getStdout());
            }
            return result.getStdout();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void kill9() {
        docker().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void stop() {
        if (container.isRunning()) {
            docker().stopContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void restart() {
        stop();
        docker().startContainerCmd(container.getContainerId()).exec();
        awaitReady();
    }

    @Override
    public void close() {
        container.stop();
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.empty();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }
}
