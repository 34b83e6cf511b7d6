package dev.sluice.dispatch.state;

import com.rabbitmq.client.Connection;
import dev.sluice.broker.StreamTail;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.config.InvalidConfiguration;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds older versions of the configuration, under which a pipeline's entries were numbered. */
public final class ConfigHistory {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigHistory.class);

    private static final long FIRST_LOOK_BACK = 100;
    private static final int GROWTH = 10;

    private ConfigHistory() {}

    /** The document of a version as it was published last; empty if the configuration stream has dropped it. */
    public static Optional<Configuration> find(Connection connection, long version)
            throws IOException, InterruptedException {
        for (long lookBack = FIRST_LOOK_BACK; ; lookBack *= GROWTH) {
            Configuration[] found = new Configuration[1];
            StreamTail.Reach reach = StreamTail.read(connection, BrokerNames.CONFIG_STREAM, lookBack, record -> {
                try {
                    Configuration configuration = ConfigurationCodec.decode(record.body());
                    if (configuration.version() == version) {
                        found[0] = configuration;
                    }
                } catch (InvalidConfiguration e) {
                    LOG.debug("configuration at offset {} cannot be read: {}", record.offset(), e.getMessage());
                }
            });
            if (found[0] != null || reach.complete()) {
                return Optional.ofNullable(found[0]);
            }
        }
    }
}
