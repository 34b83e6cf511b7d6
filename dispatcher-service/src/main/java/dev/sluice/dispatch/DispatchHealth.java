package dev.sluice.dispatch;

import dev.sluice.broker.ConfigWatcher;
import dev.sluice.change.status.State;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** UP only while the broker answers and no pipeline of this instance has failed or is retrying. */
final class DispatchHealth implements HealthIndicator {
    private final ConfigWatcher watcher;
    private final Dispatcher dispatcher;

    DispatchHealth(ConfigWatcher watcher, Dispatcher dispatcher) {
        this.watcher = watcher;
        this.dispatcher = dispatcher;
    }

    @Override
    public Health health() {
        String problem = watcher.problem();
        Health.Builder health = problem == null ? Health.up() : Health.down().withDetail("broker", problem);
        for (DispatchWorker worker : dispatcher.workers()) {
            State state = worker.state();
            String error = worker.error();
            health.withDetail(worker.name(), error == null ? state.name() : state + ": " + error);
            if (state == State.FAILED || state == State.RETRYING) {
                health.down();
            }
        }
        return health.build();
    }
}
