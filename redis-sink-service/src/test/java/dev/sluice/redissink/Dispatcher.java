package dev.sluice.redissink;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.TlsMode;
import dev.sluice.sink.batch.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plays the dispatcher of one pipeline: numbers entries, publishes them, sends again from any place. Not thread-safe. */
final class Dispatcher implements AutoCloseable {
    private static final Pattern REWIND = Pattern.compile("\\{\"partition\":(\\d+),\"epoch\":(\\d+),\"seq\":(\\d+)\\}");
    private static final AtomicLong VERSION = new AtomicLong(System.currentTimeMillis());

    private final String pipeline;
    private final int partitions;
    private final Connection connection;
    private final Channel channel;
    private final List<List<Message>> sent = new ArrayList<>();
    private final long[] next;

    /** What a sink asked for. */
    record Rewind(int partition, long epoch, long seq) {}

    Dispatcher(BrokerConnections broker, String pipeline, int partitions) throws IOException {
        this.pipeline = pipeline;
        this.partitions = partitions;
        connection = broker.open("test dispatcher");
        channel = connection.createChannel();
        next = new long[partitions];
        Topology.configStream(channel);
        Topology.rewindRequests(channel, pipeline);
        for (int i = 0; i < partitions; i++) {
            Topology.partitionQueue(channel, BrokerNames.cacheQueue(pipeline, i));
            sent.add(new ArrayList<>());
            next[i] = 1;
        }
    }

    /** Makes the configuration consist of this pipeline, to one Redis. */
    void configure(DataSource target) throws IOException {
        DataSource source = new DataSource(
                "src", DataSource.Kind.MYSQL, "h", 3306, "", "", TlsMode.DISABLED, null, CaptureSettings.fromNow());
        Pipeline running =
                new Pipeline(pipeline, "src", target.name(), Pipeline.DesiredState.RUNNING, 1, partitions, List.of());
        Configuration document = new Configuration(
                VERSION.incrementAndGet(),
                List.of(source, target),
                List.of(new dev.sluice.change.config.Channel("c", List.of(running))));
        channel.basicPublish("", BrokerNames.CONFIG_STREAM, null, ConfigurationCodec.encode(document));
    }

    /** Publishes the next entries of a partition. */
    void send(int partition, Entries entries) throws IOException {
        Message message = entries.message(1, next[partition]);
        next[partition] += entries.size();
        sent.get(partition).add(message);
        publish(partition, message);
    }

    /** Publishes once more all messages of a partition that end behind an entry. */
    void sendAgain(int partition, long after) throws IOException {
        for (Message message : sent.get(partition)) {
            if (message.header().lastSeq() > after) {
                publish(partition, message);
            }
        }
    }

    /** Last entry of a partition. */
    long last(int partition) {
        return next[partition] - 1;
    }

    /** The next request to go back; null if there is none. */
    @Nullable
    Rewind requested() throws IOException {
        GetResponse response = channel.basicGet(BrokerNames.rewindRequests(pipeline), true);
        if (response == null) {
            return null;
        }
        String body = new String(response.getBody(), StandardCharsets.UTF_8);
        Matcher matcher = REWIND.matcher(body);
        if (!matcher.matches()) {
            throw new AssertionError("not a request to go back: " + body);
        }
        return new Rewind(
                Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }

    /** Does what a dispatcher does when it is asked. */
    void obey() throws IOException {
        Rewind rewind = requested();
        if (rewind != null) {
            sendAgain(rewind.partition(), rewind.seq());
        }
    }

    /** The consumers' watermarks in a Redis. */
    boolean everythingAt(Redis redis) {
        for (int i = 0; i < partitions; i++) {
            String mark = redis.get("sluice:watermark:" + pipeline + ":" + i);
            if (next[i] > 1 && !"%019d:%019d".formatted(1, last(i)).equals(mark)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        connection.abort(1_000);
    }

    private void publish(int partition, Message message) throws IOException {
        Map<String, Object> headers = message.header().toHeaders();
        channel.basicPublish(
                "",
                BrokerNames.cacheQueue(pipeline, partition),
                true,
                new AMQP.BasicProperties.Builder()
                        .type(message.header().kind().type())
                        .deliveryMode(2)
                        .headers(headers)
                        .build(),
                message.body());
    }
}
