package dev.sluice.dispatch.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.testsupport.servers.SharedServers;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SinkReportsIT {
    @Test
    void saysThatNothingMoreCanComeOnceItsConnectionIsLost() throws Exception {
        Connection connection = new BrokerConnections(SharedServers.rabbit().amqpUri()).open("test");
        try (SinkReports reports = new SinkReports(connection, "p")) {
            assertThat(reports.of(0)).isEmpty();
            connection.abort();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThatThrownBy(() -> reports.of(0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("lost"));
        }
    }
}
