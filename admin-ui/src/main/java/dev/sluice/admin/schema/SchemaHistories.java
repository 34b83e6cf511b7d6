package dev.sluice.admin.schema;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import dev.sluice.admin.configuration.Configurations;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.PublishFailed;
import dev.sluice.broker.StreamTail;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.schema.SchemaHistory;
import dev.sluice.change.schema.SchemaRecord;
import java.io.IOException;
import org.springframework.stereotype.Service;

/** Reads schema histories from their streams, anew for each question. Thread-safe. */
@Service
class SchemaHistories {
    private final Configurations configurations;
    private final BrokerConnections connections;

    SchemaHistories(Configurations configurations, BrokerConnections connections) {
        this.configurations = configurations;
        this.connections = connections;
    }

    /** The history of a source; empty if its log names the columns itself. */
    SchemaHistory of(String source) {
        if (configurations.current().document().dataSource(source).isEmpty()) {
            throw Refusal.notFound("data source", source);
        }
        SchemaHistory history = new SchemaHistory();
        String stream = BrokerNames.schemaHistory(source);
        try (Connection connection = connections.open("admin schema history")) {
            if (Topology.exists(connection, stream)) {
                StreamTail.read(
                        connection,
                        stream,
                        Long.MAX_VALUE,
                        record -> history.accept(SchemaRecord.decode(record.body())));
            }
            return history;
        } catch (IOException | PublishFailed | AlreadyClosedException e) {
            throw Refusal.conflict("The broker cannot be asked now: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw Refusal.conflict("The schema history of '" + source + "' cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.conflict("Interrupted while the broker was asked");
        }
    }
}
