package dev.sluice.sink;

import dev.sluice.change.config.DataSource;
import java.util.Optional;

/** Knows where a pipeline's rows come from. Thread-safe. */
@FunctionalInterface
public interface PipelineSources {
    /** The source; empty if there is no such pipeline any more. */
    Optional<DataSource> of(String pipeline);
}
