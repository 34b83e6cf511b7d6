package dev.sluice.admin.parked;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.ConfirmedPublisher;
import dev.sluice.broker.PublishFailed;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.error.ErrorCodec;
import dev.sluice.change.error.RepairCommand;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Component;

/** Sends what operators ask to the owners of partitions; returns when the broker has it safely. Thread-safe. */
@Component
class RepairQueue {
    private static final long PATIENCE_SECONDS = 10;

    private final BrokerConnections connections;

    RepairQueue(BrokerConnections connections) {
        this.connections = connections;
    }

    /** A command and the partition whose owner is to carry it out. */
    record Addressed(String pipeline, int partition, RepairCommand command) {}

    void send(List<Addressed> commands) {
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .type("repair")
                .contentType("application/json")
                .deliveryMode(2)
                .build();
        try (Connection connection = connections.open("admin repair");
                ConfirmedPublisher publisher =
                        new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0)) {
            for (Addressed one : commands) {
                Topology.repairRequests(publisher.channel(), one.pipeline(), one.partition());
                publisher.publish(
                        "",
                        BrokerNames.repairRequests(one.pipeline(), one.partition()),
                        properties,
                        ErrorCodec.encode(one.command()),
                        0);
            }
            if (!publisher.awaitAllSeconds(PATIENCE_SECONDS)) {
                throw Refusal.unavailable("The broker does not confirm the command; it may be done all the same");
            }
        } catch (IOException | PublishFailed | AlreadyClosedException e) {
            throw Refusal.unavailable("The command cannot be sent to all partitions: " + e.getMessage()
                    + "; look whether rows are still parked before you ask again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The service is stopping");
        }
    }
}
