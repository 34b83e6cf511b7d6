package dev.sluice.sink;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.Snapshot;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.partition.TargetPartition;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a configuration asks of a sink. */
final class Assignments {
    private Assignments() {}

    /** Each partition, also those that a pipeline had before, of each pipeline that is not stopped and whose target is of one of these kinds. */
    static Set<TargetPartition> of(Configuration configuration, Set<DataSource.Kind> kinds) {
        Set<TargetPartition> wanted = new LinkedHashSet<>();
        configuration
                .pipelines()
                .filter(pipeline -> pipeline.state() != Pipeline.DesiredState.STOPPED)
                .forEach(pipeline -> {
                    Optional<DataSource> target = configuration.dataSource(pipeline.target());
                    Optional<DataSource> source = configuration.dataSource(pipeline.source());
                    if (target.isPresent()
                            && source.isPresent()
                            && kinds.contains(target.get().kind())) {
                        for (int n = 0; n < pipeline.partitionQueues(); n++) {
                            wanted.add(new TargetPartition(
                                    new Partition(pipeline.name(), n),
                                    target.get(),
                                    source.get().siteName(),
                                    rules(configuration, pipeline),
                                    pipeline.generation()));
                        }
                    }
                });
        return wanted;
    }

    private static ApplyRules rules(Configuration configuration, Pipeline pipeline) {
        boolean copying = configuration.snapshots().stream()
                .anyMatch(snapshot -> snapshot.state() != Snapshot.DesiredState.CANCELLED
                        && snapshot.pipelines().contains(pipeline.name()));
        return copying ? pipeline.applyRules().whileCopying() : pipeline.applyRules();
    }
}
