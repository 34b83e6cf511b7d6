package dev.sluice.admin.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.Pipeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel as the REST interface shows it; without its warnings it can be sent back as it is.
 *
 * @param warnings what could not be checked when it was saved
 */
record ChannelView(
        String name,
        List<PipelineView> pipelines,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {
    static ChannelView of(Channel channel, List<String> warnings) {
        return new ChannelView(
                channel.name(),
                channel.pipelines().stream().map(PipelineView::of).toList(),
                warnings);
    }

    /** One direction. */
    record PipelineView(
            String name,
            String source,
            String target,
            Pipeline.DesiredState state,
            int partitions,
            List<Mapping> mappings,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ApplyRules apply,

            Pipeline.Mode mode) {
        static PipelineView of(Pipeline pipeline) {
            return new PipelineView(
                    pipeline.name(),
                    pipeline.source(),
                    pipeline.target(),
                    pipeline.state(),
                    pipeline.partitions(),
                    pipeline.mappings(),
                    pipeline.apply(),
                    pipeline.mode());
        }
    }
}
