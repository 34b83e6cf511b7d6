package dev.sluice.admin.configuration;

import com.rabbitmq.client.Connection;
import dev.sluice.broker.StreamTail;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.config.ConfigurationValidator;
import dev.sluice.change.config.InvalidConfiguration;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes a version back from the broker that the database no longer knows, because it is new or was restored from a
 * backup: the services run by it, and an older one must not stop their pipelines in silence.
 */
@Component
class LostVersions {
    private static final Logger log = LoggerFactory.getLogger(LostVersions.class);
    private static final int LOOK_BACK = 1000;

    private final Configurations configurations;

    LostVersions(Configurations configurations) {
        this.configurations = configurations;
    }

    /** Leaves a probe at the end of the stream, so the newest version must be published afterwards. */
    void takeBack(Connection connection) throws IOException, InterruptedException {
        Deque<byte[]> documents = new ArrayDeque<>();
        StreamTail.read(connection, BrokerNames.CONFIG_STREAM, LOOK_BACK, record -> documents.add(record.body()));
        if (documents.isEmpty()) {
            return;
        }
        long known = configurations.current().version();
        Configuration found;
        try {
            found = ConfigurationCodec.decode(documents.getLast());
            if (found.version() <= known) {
                return;
            }
            ConfigurationValidator.validate(found);
        } catch (InvalidConfiguration e) {
            log.error("the broker's last configuration is not taken back, version {} stays: {}", known, e.getMessage());
            return;
        }
        log.warn(
                "the broker has configuration version {}, this database only {}; taking the broker's",
                found.version(),
                known);
        configurations.store(found, "broker", "taken back from the broker, for the database only had " + known);
    }
}
