package dev.sluice.testsupport.servers;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.sluice.testsupport.download.ServerCache;
import dev.sluice.testsupport.process.ChildProcess;
import dev.sluice.testsupport.process.FreePorts;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** A real RabbitMQ broker with its management API and an administrator's account. Thread-safe. */
public final class RabbitMqServer implements AutoCloseable {
    /** Runs {@code rabbitmqctl} where the broker is. */
    interface Control {
        String run(List<String> arguments) throws IOException;
    }

    private final BrokerAddress address;
    private final Lifecycle lifecycle;
    private final Control control;
    private final Runnable afterClose;

    private RabbitMqServer(BrokerAddress address, Lifecycle lifecycle, Control control, Runnable afterClose) {
        this.address = address;
        this.lifecycle = lifecycle;
        this.control = control;
        this.afterClose = afterClose;
    }

    /** The broker given by {@code SLUICE_<NAME>_URL} (and {@code SLUICE_<NAME>_MANAGEMENT_URL}), else {@link #start}. */
    public static RabbitMqServer obtain(String name, ServerOptions options) {
        return GivenUrl.of(name)
                .map(given -> new RabbitMqServer(
                        BrokerAddress.given(given, GivenUrl.of(name + ".management")),
                        new External(given.setting()),
                        arguments -> {
                            throw new UnsupportedOperationException("no rabbitmqctl for " + given.setting());
                        },
                        () -> {}))
                .orElseGet(() -> start(options, Set.of()));
    }

    /** A broker of our own: a container where Docker is, else a process. */
    public static RabbitMqServer start(ServerOptions options, Set<String> plugins) {
        int port = options.port() == 0 ? FreePorts.one() : options.port();
        try {
            if (Docker.isUsable()) {
                BrokerAddress address = new BrokerAddress(
                        "127.0.0.1", port, FreePorts.one(), RabbitMqNode.USER, RandomText.password(), "");
                Container container = Docker.rabbitMq(address, options.settings(), plugins);
                return new RabbitMqServer(address, container, container::rabbitmqctl, () -> {});
            }
            return startProcess(options, plugins, port);
        } catch (IOException e) {
            throw new ServerStartException("RabbitMQ: " + e.getMessage(), e);
        }
    }

    private static RabbitMqServer startProcess(ServerOptions options, Set<String> plugins, int port)
            throws IOException {
        RabbitMqInstallation installation = RabbitMqInstallation.find(ServerCache.standard(), options.says());
        RabbitMqNode node = RabbitMqNode.on(port, WorkDirectory.open(options.directory(), "rabbitmq"));
        Path directory = node.work().path();
        String password = node.work().password();
        node.writeFiles(options.settings(), plugins, password);
        var environment = node.environment(installation);
        // started by us, or else the broker would leave one behind that outlives it
        ChildProcess epmd = ChildProcess.start(
                List.of(installation.epmd(), "-port", Integer.toString(node.epmdPort()), "-address", "127.0.0.1"),
                environment,
                directory,
                directory.resolve("epmd.log"));
        BrokerAddress address =
                new BrokerAddress("127.0.0.1", port, node.managementPort(), RabbitMqNode.USER, password, "");
        try {
            LocalProcess process = LocalProcess.start(new LocalProcess.Launch(
                    "RabbitMQ " + installation.version(),
                    "127.0.0.1:" + port,
                    List.of(installation.program("rabbitmq-server")),
                    environment,
                    node.work(),
                    () -> works(address),
                    options.says()));
            return new RabbitMqServer(
                    address,
                    process,
                    arguments -> {
                        List<String> command = new ArrayList<>(List.of(installation.program("rabbitmqctl")));
                        command.addAll(arguments);
                        return ChildProcess.run(
                                command, environment, directory.resolve("rabbitmqctl.log"), Duration.ofMinutes(2));
                    },
                    epmd::kill9);
        } catch (RuntimeException e) {
            epmd.kill9();
            throw e;
        }
    }

    /** A broker whose disk is full still accepts connections, so a message has to go through it. */
    static boolean works(BrokerAddress address) throws IOException, TimeoutException, InterruptedException {
        try (Socket ignored = new Socket(address.host(), address.managementPort());
                Connection connection = factory(address).newConnection("health");
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            String queue = channel.queueDeclare().getQueue();
            channel.basicPublish("", queue, null, new byte[1]);
            channel.waitForConfirmsOrDie(5000);
            return channel.basicGet(queue, true) != null;
        }
    }

    private static ConnectionFactory factory(BrokerAddress address) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(address.host());
        factory.setPort(address.port());
        factory.setUsername(address.user());
        factory.setPassword(address.password());
        factory.setVirtualHost(address.virtualHost().isEmpty() ? "/" : address.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(10_000);
        return factory;
    }

    /** A new connection of the administrator, without automatic recovery. */
    public Connection connect() throws IOException, TimeoutException {
        return factory(address).newConnection("test");
    }

    public String host() {
        return address.host();
    }

    public int port() {
        return address.port();
    }

    public String user() {
        return address.user();
    }

    public String password() {
        return address.password();
    }

    /** With credentials; the default virtual host has no path. */
    public String amqpUri() {
        return address.amqpUri();
    }

    /** Of the management API, without credentials and without a slash at the end. */
    public String managementUrl() {
        return "http://" + address.host() + ":" + address.managementPort();
    }

    /** The output of {@code rabbitmqctl}; takes half a second or more. */
    public String rabbitmqctl(String... arguments) {
        try {
            return control.run(List.of(arguments));
        } catch (IOException e) {
            throw new IllegalStateException("rabbitmqctl " + String.join(" ", arguments) + ": " + e.getMessage(), e);
        }
    }

    /** SIGKILL to the Erlang machine itself; refused for a broker given by URL. */
    public void kill9() {
        lifecycle.kill9();
    }

    /** Stops in good order; data stays. */
    public void stop() {
        lifecycle.stop();
    }

    /** Starts again, same ports and data; stops first when running. */
    public void restart() {
        lifecycle.restart();
    }

    /** The Erlang machine, when it is a running one of ours. */
    public OptionalLong pid() {
        return lifecycle.pid();
    }

    @Override
    public void close() {
        lifecycle.close();
        afterClose.run();
    }
}
