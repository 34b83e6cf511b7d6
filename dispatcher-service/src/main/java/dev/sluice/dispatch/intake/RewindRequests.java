package dev.sluice.dispatch.intake;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Receives the requests of a pipeline's sinks; they repeat what is not answered, so each is acknowledged at once. */
public final class RewindRequests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RewindRequests.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Channel channel;
    private final Queue<RewindRequest> waiting = new ConcurrentLinkedQueue<>();

    public RewindRequests(Connection connection, String pipeline) throws IOException {
        channel = connection.createChannel();
        Topology.rewindRequests(channel, pipeline);
        channel.basicConsume(BrokerNames.rewindRequests(pipeline), true, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                try {
                    waiting.add(JSON.readValue(body, RewindRequest.class));
                } catch (JacksonException e) {
                    LOG.error(
                            "pipeline {}: not a rewind request: {} ({})",
                            pipeline,
                            new String(body, StandardCharsets.UTF_8),
                            e.getOriginalMessage());
                }
            }
        });
    }

    /** The next request; null if there is none. */
    public @Nullable RewindRequest poll() {
        return waiting.poll();
    }

    @Override
    public void close() {
        try {
            channel.abort();
        } catch (IOException e) {
            LOG.debug("channel already gone: {}", e.getMessage());
        }
    }
}
