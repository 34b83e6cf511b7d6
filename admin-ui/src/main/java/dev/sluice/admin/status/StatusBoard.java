package dev.sluice.admin.status;

import dev.sluice.admin.status.StatusView.BrokerView;
import dev.sluice.admin.status.StatusView.ChannelStatusView;
import dev.sluice.admin.status.StatusView.PipelineStatusView;
import dev.sluice.admin.status.StatusView.SourceView;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.ServiceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts what instances report beside what the configuration wants. Holds all in memory. Thread-safe. */
@Component
class StatusBoard {
    private final Fleet fleet = new Fleet();
    private final SourceBoard sources = new SourceBoard(fleet);
    private final PipelineBoard pipelines = new PipelineBoard(fleet);

    void accept(ServiceStatus status, Instant now) {
        fleet.add(status, now);
    }

    /** What the capture of a source says, if one is alive. */
    Optional<CaptureStatus> capture(String source, Instant now) {
        return fleet.capture(source, now).filter(Reported::alive).map(Reported::status);
    }

    /** The last report on a source's capture, also of one that is dead by now. */
    Optional<CaptureStatus> lastCapture(String source, Instant now) {
        return fleet.capture(source, now).map(Reported::status);
    }

    StatusView view(Configuration configuration, BrokerView broker, Instant now) {
        Set<String> captured =
                configuration.capturedSources().stream().map(DataSource::name).collect(Collectors.toSet());
        Map<String, SourceView> sourceViews = configuration.dataSources().stream()
                .filter(source -> source.capture() != null)
                .map(source -> sources.view(source, captured.contains(source.name()), now))
                .collect(Collectors.toMap(SourceView::name, Function.identity()));
        List<ChannelStatusView> channels = configuration.channels().stream()
                .map(channel -> view(channel, configuration, sourceViews, now))
                .toList();
        return new StatusView(
                configuration.version(),
                now,
                broker,
                channels,
                configuration.dataSources().stream()
                        .map(source -> sourceViews.get(source.name()))
                        .filter(Objects::nonNull)
                        .toList(),
                fleet.instances(now));
    }

    private ChannelStatusView view(
            Channel channel, Configuration configuration, Map<String, SourceView> sourceViews, Instant now) {
        List<PipelineStatusView> views = channel.pipelines().stream()
                .map(pipeline -> view(pipeline, configuration, sourceViews, now))
                .toList();
        return new ChannelStatusView(channel.name(), views);
    }

    private PipelineStatusView view(
            Pipeline pipeline, Configuration configuration, Map<String, SourceView> sourceViews, Instant now) {
        DataSource.Kind target =
                configuration.dataSource(pipeline.target()).orElseThrow().kind();
        SourceView source = Objects.requireNonNull(sourceViews.get(pipeline.source()), pipeline.source());
        return pipelines.view(pipeline, target, source, now);
    }
}
