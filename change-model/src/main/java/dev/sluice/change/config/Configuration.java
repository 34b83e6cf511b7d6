package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything the services are to do, as one document with a version.
 *
 * @param snapshots may be left out where there are none
 */
public record Configuration(
        long version,
        List<DataSource> dataSources,
        List<Channel> channels,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Snapshot> snapshots) {
    public Configuration(
            long version, List<DataSource> dataSources, List<Channel> channels, @Nullable List<Snapshot> snapshots) {
        this.version = version;
        this.dataSources = dataSources;
        this.channels = channels;
        this.snapshots = Objects.requireNonNullElse(snapshots, List.of());
    }

    public Configuration(long version, List<DataSource> dataSources, List<Channel> channels) {
        this(version, dataSources, channels, List.of());
    }

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

    /** The snapshots of a source, in the order in which they were asked for. */
    public List<Snapshot> snapshotsOf(String source) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.source().equals(source))
                .toList();
    }

    /** The same as another version. */
    public Configuration asVersion(long next) {
        return new Configuration(next, dataSources, channels, snapshots);
    }

    public Configuration withSnapshots(List<Snapshot> others) {
        return new Configuration(version, dataSources, channels, others);
    }

    public Configuration withDataSources(List<DataSource> others) {
        return new Configuration(version, others, channels, snapshots);
    }

    /** The same with other channels; snapshots no longer name pipelines that are gone, and go with their last one. */
    public Configuration withChannels(List<Channel> others) {
        Configuration next = new Configuration(version, dataSources, others);
        return next.withSnapshots(snapshots.stream()
                .map(snapshot -> snapshot.keeping(name -> next.pipeline(name).isPresent()))
                .filter(snapshot -> !snapshot.pipelines().isEmpty())
                .toList());
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
