package dev.sluice.admin.status;

import dev.sluice.admin.configuration.ConfigurationPublisher;
import dev.sluice.admin.configuration.Configurations;
import dev.sluice.admin.status.StatusView.BrokerView;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** The status now, for the REST interface and the metrics. */
@Service
class StatusService {
    private final Configurations configurations;
    private final ConfigurationPublisher publisher;
    private final StatusConsumer consumer;
    private final StatusBoard board;
    private final StatusMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    StatusService(
            Configurations configurations,
            ConfigurationPublisher publisher,
            StatusConsumer consumer,
            StatusBoard board,
            StatusMetrics metrics) {
        this.configurations = configurations;
        this.publisher = publisher;
        this.consumer = consumer;
        this.board = board;
        this.metrics = metrics;
    }

    StatusView now() {
        String publishing = publisher.problem();
        @Nullable String problem = publishing == null ? consumer.problem() : publishing;
        BrokerView broker = new BrokerView(problem == null, problem, publisher.published());
        return board.view(configurations.current().document(), broker, clock.instant());
    }

    /** Looks even if nobody asks, so that metrics are fresh and it is known since when there is a backlog. */
    @Scheduled(fixedDelay = 2000)
    void look() {
        metrics.show(now());
    }
}
