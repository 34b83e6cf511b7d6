package dev.sluice.change.status;

import java.time.Instant;
import java.util.List;

/**
 * What an instance says about itself.
 *
 * @param service {@code capture}, {@code dispatcher}, {@code apply}, {@code redis-sink}
 * @param instance unique for each start of a process
 * @param configVersion the configuration it has taken up; 0 before the first
 */
public record ServiceStatus(
        String service,
        String instance,
        String version,
        Instant time,
        long configVersion,
        List<CaptureStatus> captures,
        List<DispatchStatus> dispatches,
        List<PartitionStatus> partitions) {}
