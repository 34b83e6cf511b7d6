package dev.sluice.testsupport.servers;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** Servers in containers, with fixed ports of 127.0.0.1 so that a restart finds the same address. */
final class Docker {
    private Docker() {}

    /** The cheap question first: Testcontainers takes seconds to find out that there is no engine. */
    static boolean isUsable() {
        String host = System.getenv("DOCKER_HOST");
        boolean possible = (host != null && !host.isBlank()) || Files.exists(Path.of("/var/run/docker.sock"));
        return possible
                && !"process".equals(System.getenv("SLUICE_SERVERS"))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    static Container mysql(MySqlVersion version, int port, String password, List<String> arguments) {
        return database("MySQL " + version.number(), version.image(), "MYSQL_ROOT_PASSWORD", port, password, arguments);
    }

    static Container mariadb(MariaDbVersion version, int port, String password, List<String> arguments) {
        return database(
                "MariaDB " + version.number(),
                "mariadb:" + version.number(),
                "MARIADB_ROOT_PASSWORD",
                port,
                password,
                arguments);
    }

    private static Container database(
            String name, String image, String passwordVariable, int port, String password, List<String> arguments) {
        GenericContainer<?> container = container(image, Map.of(port, 3306))
                .withEnv(passwordVariable, password)
                .withCommand(arguments.toArray(String[]::new));
        String url = "jdbc:mysql://127.0.0.1:" + port + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true";
        return Container.start(name, container, () -> {
            try (Connection connection = DriverManager.getConnection(url, "root", password)) {
                return connection.isValid(10);
            }
        });
    }

    static Container rabbitMq(BrokerAddress address, List<String> settings, Set<String> plugins) throws IOException {
        List<String> lines = new ArrayList<>(settings);
        lines.add("default_user = " + address.user());
        lines.add("default_pass = " + address.password());
        lines.add("default_user_tags.administrator = true");
        Set<String> enabled = new TreeSet<>(plugins);
        enabled.add("rabbitmq_management");
        GenericContainer<?> container = container(
                        "rabbitmq:4.0-management", Map.of(address.port(), 5672, address.managementPort(), 15672))
                .withCopyToContainer(
                        Transferable.of(String.join("\n", lines) + "\n"), "/etc/rabbitmq/conf.d/90-sluice.conf")
                .withCopyToContainer(
                        Transferable.of("[" + String.join(",", enabled) + "].\n"), "/etc/rabbitmq/enabled_plugins")
                .withCreateContainerCmdModifier(command -> command.withHostName("sluice"));
        return Container.start("RabbitMQ 4.0", container, () -> RabbitMqServer.works(address));
    }

    static Container redis(int port, String password, List<String> settings) {
        List<String> lines = new ArrayList<>(List.of("requirepass " + password, "save \"\""));
        lines.addAll(settings);
        GenericContainer<?> container = container("redis:7", Map.of(port, 6379))
                .withCopyToContainer(Transferable.of(String.join("\n", lines) + "\n"), "/etc/redis.conf")
                .withCommand("redis-server", "/etc/redis.conf");
        return Container.start("Redis 7", container, () -> RedisServer.isUp("127.0.0.1", port, password));
    }

    static Container postgres(int port, String user, String password, List<String> arguments) {
        GenericContainer<?> container = container("postgres:17", Map.of(port, 5432))
                .withEnv(Map.of("POSTGRES_USER", user, "POSTGRES_PASSWORD", password, "POSTGRES_DB", "postgres"))
                .withCommand(arguments.toArray(String[]::new));
        return Container.start(
                "PostgreSQL 17", container, () -> PostgresServer.isUp("127.0.0.1", port, user, password));
    }

    private static GenericContainer<?> container(String image, Map<Integer, Integer> ports) {
        List<PortBinding> bindings = new ArrayList<>();
        ports.forEach((outside, inside) -> bindings.add(
                new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", outside), ExposedPort.tcp(inside))));
        return new GenericContainer<>(image)
                .withExposedPorts(ports.values().toArray(Integer[]::new))
                .withCreateContainerCmdModifier(command -> {
                    HostConfig config = Objects.requireNonNull(command.getHostConfig());
                    command.withHostConfig(config.withPortBindings(bindings));
                });
    }
}
