package dev.sluice.dispatch;

import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.config.Pipeline;
import java.util.Optional;

/** What one version of the configuration says about one pipeline. */
record Assignment(long version, Pipeline pipeline, DataSource target) {
    /**
     * Takes a pipeline out of a configuration; empty if it is not in it.
     *
     * @throws InvalidConfiguration if its target is unknown or it has no partitions
     */
    static Optional<Assignment> of(Configuration configuration, String name) {
        return configuration.pipeline(name).map(pipeline -> {
            if (pipeline.partitions() < 1) {
                throw new InvalidConfiguration("pipeline " + name + " partitions", "must be at least 1");
            }
            DataSource target = configuration
                    .dataSource(pipeline.target())
                    .orElseThrow(() -> new InvalidConfiguration(
                            "pipeline " + name + " target", "there is no data source " + pipeline.target()));
            return new Assignment(configuration.version(), pipeline, target);
        });
    }
}
