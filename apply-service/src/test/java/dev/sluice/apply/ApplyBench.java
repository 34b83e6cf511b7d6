package dev.sluice.apply;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.ConfirmedPublisher;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.TlsMode;
import dev.sluice.change.error.ErrorCodec;
import dev.sluice.change.error.ErrorEntry;
import dev.sluice.change.error.RepairCommand;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import dev.sluice.sink.SinkSettings;
import dev.sluice.sink.batch.Message;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** One pipeline into one target on the shared broker: a test publishes as the dispatcher would and looks at the target. */
public final class ApplyBench implements AutoCloseable {
    public static final String SECRET_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicLong VERSION = new AtomicLong(System.currentTimeMillis());

    private final DatabaseServer target;
    private final String pipeline =
            "p" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final int partitions;
    private final BrokerConnections broker =
            new BrokerConnections(SharedServers.rabbit().amqpUri());
    private final Connection connection;
    private final ConfirmedPublisher publisher;
    private final List<ApplyPipeline> running = new ArrayList<>();

    public ApplyBench(DatabaseServer target, int partitions) throws IOException {
        this.target = target;
        this.partitions = partitions;
        connection = broker.open("test");
        publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0);
        Topology.configStream(publisher.channel());
        for (int i = 0; i < partitions; i++) {
            Topology.partitionQueue(publisher.channel(), BrokerNames.applyQueue(pipeline, i));
        }
    }

    public String pipeline() {
        return pipeline;
    }

    /** The target as it really is. */
    public DataSource dataSource() {
        return dataSource(target.host(), target.port(), target.password());
    }

    public DataSource dataSource(String host, int port, String password) {
        return Targets.dataSource("target-" + pipeline, target, host, port, password, TlsMode.DISABLED);
    }

    /** Publishes a configuration with this pipeline alone. */
    public void configure(DataSource dataSource, Pipeline.DesiredState state) throws Exception {
        configure(dataSource, state, ApplyRules.DEFAULT, 1);
    }

    /** Publishes a configuration with this pipeline alone, running. */
    void configure(ApplyRules rules, long generation) throws Exception {
        configure(dataSource(), Pipeline.DesiredState.RUNNING, rules, generation);
    }

    private void configure(DataSource dataSource, Pipeline.DesiredState state, ApplyRules rules, long generation)
            throws Exception {
        DataSource source = new DataSource(
                "source", DataSource.Kind.MYSQL, "127.0.0.1", 3306, "", "", TlsMode.DISABLED, "site-of-source", null);
        Pipeline only =
                new Pipeline(pipeline, "source", dataSource.name(), state, generation, partitions, List.of(), rules);
        Configuration document = new Configuration(
                VERSION.incrementAndGet(), List.of(source, dataSource), List.of(new Channel("channel", List.of(only))));
        send(
                BrokerNames.CONFIG_STREAM,
                new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
                ConfigurationCodec.encode(document));
    }

    public void configure() throws Exception {
        configure(dataSource(), Pipeline.DesiredState.RUNNING);
    }

    /** Starts an instance of the service's pipeline in this JVM. */
    public ApplyPipeline start(String instance) {
        return start(instance, SharedServers.rabbit().amqpUri());
    }

    public ApplyPipeline start(String instance, String brokerUri) {
        ApplySettings settings =
                new ApplySettings(brokerUri, SECRET_KEY, instance, new ApplySettings.Apply("sluice", 64));
        SinkSettings usual = SinkSettings.of("apply", InstanceName.of(instance), "test", ApplyPipeline.TARGETS);
        SinkSettings sink = new SinkSettings(
                usual.service(),
                usual.instance(),
                usual.version(),
                usual.kinds(),
                usual.batchRows(),
                usual.batchBytes(),
                usual.gapPatience(),
                Duration.ofSeconds(1));
        ApplyPipeline started = new ApplyPipeline(settings, sink, new SimpleMeterRegistry()).start();
        running.add(started);
        return started;
    }

    public void publish(int partition, Message message) throws Exception {
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .type(message.header().kind().type())
                .deliveryMode(2)
                .headers(message.header().toHeaders())
                .build();
        send(BrokerNames.applyQueue(pipeline, partition), properties, message.body());
    }

    private void send(String queue, AMQP.BasicProperties properties, byte[] body) throws Exception {
        publisher.publish("", queue, properties, body, 0);
        if (!publisher.awaitAllSeconds(60)) {
            throw new IOException("the broker does not confirm");
        }
    }

    /** Asks the owner of a partition to do something with its parked rows. */
    void repair(int partition, RepairCommand command) throws Exception {
        Topology.repairRequests(publisher.channel(), pipeline, partition);
        send(
                BrokerNames.repairRequests(pipeline, partition),
                new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
                ErrorCodec.encode(command));
    }

    /** What was reported of parked rows of this pipeline since the last call, as it came. */
    List<ErrorEntry> reports() throws IOException {
        Topology.errorsQueue(publisher.channel());
        List<ErrorEntry> reports = new ArrayList<>();
        GetResponse got;
        while ((got = publisher.channel().basicGet(BrokerNames.ERRORS_QUEUE, true)) != null) {
            ErrorEntry entry = ErrorCodec.entry(got.getBody());
            if (entry.pipeline().equals(pipeline)) {
                reports.add(entry);
            }
        }
        return reports;
    }

    public Connection broker() {
        return connection;
    }

    public void awaitWatermark(int partition, long seq) {
        Awaitility.await("watermark " + seq + " of partition " + partition)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> watermark(partition) == seq);
    }

    public long watermark(int partition) {
        List<String> rows = query(
                "SELECT seq FROM sluice.sluice_watermark WHERE pipeline='" + pipeline + "' AND part=" + partition);
        return rows.isEmpty() ? 0 : Long.parseLong(rows.get(0));
    }

    public static boolean isIn(State state, ApplyPipeline instance, int partition) {
        return instance.status().stream()
                .anyMatch(status -> status.partition() == partition && status.state() == state);
    }

    /** A partition as an instance reports it. */
    public static PartitionStatus status(ApplyPipeline instance, int partition) {
        return instance.status().stream()
                .filter(status -> status.partition() == partition)
                .findFirst()
                .orElseThrow();
    }

    /** Rows as text, cells joined by a bar. */
    public List<String> query(String sql) {
        try (java.sql.Connection target = this.target.connect();
                Statement statement = target.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(i == 1 ? "" : "|").append(result.getString(i));
                }
                rows.add(row.toString());
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (ApplyPipeline instance : running) {
            instance.close();
        }
        for (int i = 0; i < partitions; i++) {
            publisher.channel().queueDelete(BrokerNames.applyQueue(pipeline, i));
            publisher.channel().queueDelete(BrokerNames.repairRequests(pipeline, i));
        }
        publisher.close();
        connection.close();
    }
}
