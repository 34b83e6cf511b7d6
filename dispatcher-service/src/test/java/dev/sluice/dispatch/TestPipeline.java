package dev.sluice.dispatch;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.Replay;
import dev.sluice.change.config.TlsMode;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Names and configurations of a pipeline that no other test has. */
final class TestPipeline {
    static final int PARTITIONS = 4;

    /** Takes the three tables that the tests map, under their own names. */
    static final List<Mapping> PLAIN = List.of(
            mapping("orders", null, ColumnRules.ALL),
            mapping("accounts", null, ColumnRules.ALL),
            mapping("journal", null, ColumnRules.ALL));

    private static final AtomicLong VERSIONS = new AtomicLong(System.currentTimeMillis() * 1000);

    final String source = "s-" + UUID.randomUUID();
    final String name = "p-" + UUID.randomUUID();
    /** Not null where the target is a source too. */
    @Nullable
    CaptureSettings targetCapture;

    static Mapping mapping(String table, @Nullable String target, ColumnRules columns) {
        return new Mapping("shop", table, null, target, columns, null);
    }

    List<String> queues() {
        return queues(PARTITIONS);
    }

    List<String> queues(int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(n -> BrokerNames.applyQueue(name, n))
                .toList();
    }

    /** A new version, published and returned. */
    Configuration configure(Connection connection, List<Mapping> mappings) throws Exception {
        return configure(connection, mappings, Pipeline.DesiredState.RUNNING, PARTITIONS);
    }

    Configuration configure(Connection connection, List<Mapping> mappings, Pipeline.DesiredState state, int partitions)
            throws Exception {
        return configure(connection, mappings, state, partitions, null);
    }

    Configuration configure(
            Connection connection,
            List<Mapping> mappings,
            Pipeline.DesiredState state,
            int partitions,
            @Nullable Replay replay)
            throws Exception {
        long version = VERSIONS.incrementAndGet();
        Configuration configuration = new Configuration(
                version,
                List.of(
                        database(source, "north", CaptureSettings.fromNow()),
                        database("target-of-" + name, "south", targetCapture)),
                List.of(new dev.sluice.change.config.Channel(
                        "c-" + name,
                        List.of(new Pipeline(
                                name,
                                source,
                                "target-of-" + name,
                                state,
                                version,
                                partitions,
                                mappings,
                                null,
                                Pipeline.Mode.ROW,
                                null,
                                replay)))));
        try (Channel channel = connection.createChannel()) {
            Topology.configStream(channel);
            channel.confirmSelect();
            channel.basicPublish(
                    "",
                    BrokerNames.CONFIG_STREAM,
                    new AMQP.BasicProperties.Builder()
                            .type("config")
                            .deliveryMode(2)
                            .build(),
                    ConfigurationCodec.encode(configuration));
            channel.waitForConfirmsOrDie(30_000);
        }
        return configuration;
    }

    private static DataSource database(String name, String site, @Nullable CaptureSettings capture) {
        return new DataSource(name, DataSource.Kind.MYSQL, "127.0.0.1", 3306, "u", "", TlsMode.DISABLED, site, capture);
    }
}
