package dev.sluice.admin.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has to be remembered of one pipeline from look to look. Not thread-safe: owned by {@link PipelineBoard}. */
final class PipelineMemory {
    StallWatch stalls = new StallWatch();
    final DesiredInstances dispatchers = new DesiredInstances();
    final DesiredInstances sinks = new DesiredInstances();

    @Nullable
    Instant lastWithoutBacklog;
}
