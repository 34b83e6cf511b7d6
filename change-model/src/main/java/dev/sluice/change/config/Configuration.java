package dev.sluice.change.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything the services are to do, as one document with a version. */
public record Configuration(long version, List<DataSource> dataSources, List<Channel> channels) {
    public static final Configuration EMPTY = new Configuration(0, List.of(), List.of());

    public Stream<Pipeline> pipelines() {
        return channels.stream().flatMap(channel -> channel.pipelines().stream());
    }

    public Optional<Pipeline> pipeline(String name) {
        return pipelines().filter(pipeline -> pipeline.name().equals(name)).findFirst();
    }

    public Optional<DataSource> dataSource(String name) {
        return dataSources.stream().filter(source -> source.name().equals(name)).findFirst();
    }

    /** The data sources that some pipeline that is not stopped reads from. */
    public List<DataSource> capturedSources() {
        return dataSources.stream()
                .filter(source -> pipelines()
                        .anyMatch(pipeline -> pipeline.source().equals(source.name())
                                && pipeline.state() != Pipeline.DesiredState.STOPPED))
                .toList();
    }
}
