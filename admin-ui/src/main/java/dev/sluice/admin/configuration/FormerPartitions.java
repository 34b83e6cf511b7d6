package dev.sluice.admin.configuration;

import dev.sluice.change.config.Channel;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Pipeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps in mind, whatever changes a document, how many partitions each of its pipelines has had. */
final class FormerPartitions {
    private FormerPartitions() {}

    static Configuration kept(Configuration before, Configuration next) {
        List<Channel> channels = next.channels().stream()
                .map(channel -> new Channel(
                        channel.name(),
                        channel.pipelines().stream()
                                .map(pipeline -> following(pipeline, before))
                                .toList()))
                .toList();
        return new Configuration(next.version(), next.dataSources(), channels, next.snapshots());
    }

    @SuppressWarnings("NullAway") // the validator looks for null entries
    private static @Nullable Pipeline following(@Nullable Pipeline pipeline, Configuration before) {
        return pipeline == null || pipeline.name() == null
                ? pipeline
                : before.pipeline(pipeline.name()).map(pipeline::following).orElse(pipeline);
    }
}
