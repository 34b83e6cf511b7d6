package dev.sluice.sink;

import dev.sluice.change.config.DataSource;
import java.time.Duration;
import java.util.Set;

/**
 * How a sink service takes part.
 *
 * @param service its name in status reports, such as {@code apply}
 * @param instance unique for each start of a process
 * @param kinds of target that it serves
 * @param batchRows after which a batch is closed
 * @param batchBytes of messages after which a batch is closed
 * @param gapPatience how long entries may be missing before the dispatcher is asked to go back
 * @param badRowPause between two tries to write a row that the target refuses
 */
public record SinkSettings(
        String service,
        String instance,
        String version,
        Set<DataSource.Kind> kinds,
        int batchRows,
        int batchBytes,
        Duration gapPatience,
        Duration badRowPause) {
    /** The usual limits. */
    public static SinkSettings of(String service, String instance, String version, Set<DataSource.Kind> kinds) {
        return new SinkSettings(
                service, instance, version, kinds, 2_000, 4_000_000, Duration.ofSeconds(5), Duration.ofSeconds(30));
    }
}
