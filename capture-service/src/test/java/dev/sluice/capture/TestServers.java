package dev.sluice.capture;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.ConfirmedPublisher;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.config.TlsMode;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.ServerOptions;
import dev.sluice.testsupport.servers.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The servers of these tests, captures on them, and the configuration they follow. */
final class TestServers {
    static final String SECRET_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    static final SecretCipher CIPHER = new SecretCipher(SECRET_KEY);
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Path JAR = Path.of("target", "capture-service-0.1.0-SNAPSHOT-exec.jar");
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final AtomicInteger VERSIONS = new AtomicInteger();

    private TestServers() {}

    private static final class Broker {
        static final RabbitMqServer SERVER =
                RabbitMqServer.start(ServerOptions.defaults().with("max_message_size = 536870912"), Set.of());
    }

    /** A broker that takes messages of 512 MB. */
    static RabbitMqServer broker() {
        return Broker.SERVER;
    }

    static MySqlServer mysql() {
        return SharedServers.mysql();
    }

    static String newName() {
        return "t" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet();
    }

    static BrokerConnections connections() {
        return connections(broker());
    }

    static BrokerConnections connections(RabbitMqServer server) {
        return new BrokerConnections(server.amqpUri());
    }

    static BrokerConnections connections(TcpProxy proxy) {
        return new BrokerConnections(
                "amqp://" + broker().user() + ":" + broker().password() + "@" + proxy.host() + ":" + proxy.port());
    }

    static DataSource source(String name, DatabaseServer server) {
        return source(name, server, server.host(), server.port(), CaptureSettings.fromNow());
    }

    static DataSource source(String name, DatabaseServer server, String host, int port, CaptureSettings capture) {
        DataSource.Kind kind = server instanceof MySqlServer ? DataSource.Kind.MYSQL : DataSource.Kind.MARIADB;
        return new DataSource(
                name,
                kind,
                host,
                port,
                server.user(),
                CIPHER.encrypt(server.password()),
                TlsMode.DISABLED,
                null,
                capture);
    }

    static DataSource source(String name, MySqlServer server, CaptureFilter filter) {
        return source(
                name,
                server,
                server.host(),
                server.port(),
                CaptureSettings.fromNow().withFilter(filter));
    }

    /** Publishes a configuration in which each source has a pipeline that runs. */
    static void configure(RabbitMqServer server, DataSource... sources) throws Exception {
        List<DataSource> all = new ArrayList<>(Arrays.asList(sources));
        List<Pipeline> pipelines = new ArrayList<>();
        for (DataSource source : sources) {
            pipelines.add(new Pipeline(
                    "p-" + source.name(),
                    source.name(),
                    source.name(),
                    Pipeline.DesiredState.RUNNING,
                    1,
                    1,
                    List.of()));
        }
        publish(server, new Configuration(VERSIONS.incrementAndGet(), all, List.of(new Channel("c", pipelines))));
    }

    /** Publishes a configuration in which a pipeline of the source maps a schema and asks for snapshots. */
    static void configure(DataSource source, String schema, List<Snapshot> snapshots) throws Exception {
        Pipeline pipeline = new Pipeline(
                "p-" + source.name(),
                source.name(),
                source.name(),
                Pipeline.DesiredState.RUNNING,
                1,
                1,
                List.of(new Mapping(schema, "*", null, null, ColumnRules.ALL, null)));
        Configuration configuration = new Configuration(
                VERSIONS.incrementAndGet(), List.of(source), List.of(new Channel("c", List.of(pipeline))));
        publish(broker(), configuration.withSnapshots(snapshots));
    }

    private static void publish(RabbitMqServer server, Configuration configuration) throws Exception {
        try (Connection connection = connections(server).open("admin")) {
            Topology.configStream(connection.createChannel());
            try (ConfirmedPublisher publisher =
                    new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0)) {
                publisher.publish(
                        "",
                        BrokerNames.CONFIG_STREAM,
                        MessageProperties.PERSISTENT_BASIC,
                        ConfigurationCodec.encode(configuration),
                        1);
                if (!publisher.awaitAllSeconds(60)) {
                    throw new IllegalStateException("not confirmed");
                }
            }
        }
    }

    static void configure(DataSource... sources) throws Exception {
        configure(broker(), sources);
    }

    /** A capture service without its HTTP server. */
    static CaptureInstance startInstance(BrokerConnections connections, String name) {
        CaptureInstance instance =
                new CaptureInstance(connections, CIPHER, name, new SimpleMeterRegistry(), Duration.ofSeconds(1));
        instance.start();
        return instance;
    }

    /** The service as a process of its own, which follows {@link #broker}. */
    static ServiceProcess.Launch process(String heap, Path log) {
        return new ServiceProcess.Launch(
                "capture",
                JAR,
                heap,
                Map.of(
                        "SLUICE_BROKER_URI",
                        broker().amqpUri(),
                        "SLUICE_SECRET_KEY",
                        SECRET_KEY,
                        "SLUICE_CAPTURE_PORT",
                        "0"),
                log);
    }

    /** Reads a source log as soon as it is there. */
    static LogReader awaitLog(RabbitMqServer server, String source) {
        return await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> new LogReader(connections(server), source), reader -> true);
    }

    static LogReader awaitLog(String source) {
        return awaitLog(broker(), source);
    }
}
