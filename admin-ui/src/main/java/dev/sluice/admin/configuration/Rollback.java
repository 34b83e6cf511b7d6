package dev.sluice.admin.configuration;

import dev.sluice.change.config.Channel;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Pipeline;
import java.util.List;

/** Brings an old document back without taking back the generations of its pipelines, or any snapshot. */
final class Rollback {
    private Rollback() {}

    static Configuration to(Configuration old, Configuration current) {
        List<Channel> channels = old.channels().stream()
                .map(channel -> new Channel(
                        channel.name(),
                        channel.pipelines().stream()
                                .map(pipeline -> onward(pipeline, current))
                                .toList()))
                .toList();
        return current.withDataSources(old.dataSources()).withChannels(channels);
    }

    private static Pipeline onward(Pipeline old, Configuration current) {
        long generation = current.pipeline(old.name())
                .map(now -> now.state() == old.state() ? now.generation() : now.generation() + 1)
                .orElse(old.generation() + 1);
        return old.wanted(old.state(), generation);
    }
}
