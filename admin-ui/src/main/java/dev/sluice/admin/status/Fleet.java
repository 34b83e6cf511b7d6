package dev.sluice.admin.status;

import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every instance that has reported, by name, with its last reports. Thread-safe. */
final class Fleet {
    static final Duration ALIVE = Duration.ofSeconds(8);

    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final Duration RATE_WINDOW = Duration.ofSeconds(10);

    private final Map<String, InstanceReports> instances = new TreeMap<>();

    synchronized void add(ServiceStatus status, Instant now) {
        instances
                .computeIfAbsent(status.instance(), name -> new InstanceReports())
                .add(status, now);
        instances.values().removeIf(reports -> olderThan(FORGOTTEN, reports, now));
    }

    synchronized List<StatusView.InstanceView> instances(Instant now) {
        return instances.values().stream()
                .map(reports -> new StatusView.InstanceView(
                        reports.latest().service(),
                        reports.latest().instance(),
                        reports.latest().version(),
                        reports.latest().configVersion(),
                        reports.lastSeen(),
                        alive(reports, now)))
                .toList();
    }

    /** Whether an instance of a service is alive. */
    synchronized boolean hasAlive(String service, Instant now) {
        return alive(now).anyMatch(reports -> reports.latest().service().equals(service));
    }

    synchronized Optional<Reported<CaptureStatus>> capture(String source, Instant now) {
        return Reported.best(instances.values().stream().flatMap(reports -> reports.latest().captures().stream()
                .filter(capture -> capture.source().equals(source))
                .map(capture -> new Reported<>(
                        capture,
                        capture.state(),
                        capture.epoch(),
                        capture.seq(),
                        reports.latest().instance(),
                        alive(reports, now)))));
    }

    synchronized Optional<Reported<DispatchStatus>> dispatch(String pipeline, Instant now) {
        return Reported.best(instances.values().stream().flatMap(reports -> reports.latest().dispatches().stream()
                .filter(dispatch -> dispatch.pipeline().equals(pipeline))
                .map(dispatch -> new Reported<>(
                        dispatch,
                        dispatch.state(),
                        dispatch.sourceEpoch(),
                        dispatch.sourceSeq(),
                        reports.latest().instance(),
                        alive(reports, now)))));
    }

    /**
     * A partition in the state that the instance says which works on it, with the furthest watermark that any has
     * reported: an instance that stands by learns the watermark only with its first message.
     */
    synchronized Optional<Reported<PartitionStatus>> partition(String pipeline, int partition, Instant now) {
        List<Reported<PartitionStatus>> all = instances.values().stream()
                .flatMap(reports -> partitions(reports.latest(), pipeline)
                        .filter(status -> status.partition() == partition)
                        .map(status -> new Reported<>(
                                status,
                                status.state(),
                                status.epoch(),
                                status.seq(),
                                reports.latest().instance(),
                                alive(reports, now))))
                .toList();
        Optional<Reported<PartitionStatus>> furthest = all.stream().max(Reported.byPlace());
        return Reported.best(all.stream()).map(best -> furthest.map(place -> new Reported<>(
                        best.status(), best.state(), place.epoch(), place.seq(), best.instance(), best.alive()))
                .orElse(best));
    }

    /** Rows a second that living instances brought to a pipeline's target lately. */
    synchronized double rowsPerSecond(String pipeline, Instant now) {
        return rate(now, status -> partitions(status, pipeline)
                .mapToLong(PartitionStatus::rows)
                .sum());
    }

    /** Entries a second of a pipeline that living dispatchers counted lately. */
    synchronized double dispatchedPerSecond(String pipeline, ToLongFunction<DispatchStatus> count, Instant now) {
        return rate(now, status -> status.dispatches().stream()
                .filter(dispatch -> dispatch.pipeline().equals(pipeline))
                .mapToLong(count)
                .sum());
    }

    /** Entries a second that living instances captured from a source lately. */
    synchronized double capturedPerSecond(String source, Instant now) {
        return rate(now, status -> status.captures().stream()
                .filter(capture -> capture.source().equals(source))
                .mapToLong(CaptureStatus::entries)
                .sum());
    }

    /** How often each lag occurred in a window, for each partition. */
    synchronized Map<Integer, List<Long>> lags(String pipeline, Duration window, Instant now) {
        Map<Integer, List<Long>> lags = new HashMap<>();
        alive(now).forEach(reports -> reports.before(window).ifPresent(earlier -> {
            Map<Integer, List<Long>> then = partitions(earlier, pipeline)
                    .collect(Collectors.toMap(PartitionStatus::partition, PartitionStatus::lag, LagHistogram::sum));
            partitions(reports.latest(), pipeline)
                    .forEach(status -> lags.merge(
                            status.partition(),
                            LagHistogram.difference(then.getOrDefault(status.partition(), List.of()), status.lag()),
                            LagHistogram::sum));
        }));
        return lags;
    }

    private double rate(Instant now, ToLongFunction<ServiceStatus> count) {
        return alive(now)
                .mapToDouble(reports -> reports.before(RATE_WINDOW)
                        .map(before -> {
                            double seconds = Duration.between(
                                                    before.time(),
                                                    reports.latest().time())
                                            .toMillis()
                                    / 1000.0;
                            long more = count.applyAsLong(reports.latest()) - count.applyAsLong(before);
                            return seconds <= 0 ? 0.0 : Math.max(0, more) / seconds;
                        })
                        .orElse(0.0))
                .sum();
    }

    private Stream<InstanceReports> alive(Instant now) {
        return instances.values().stream().filter(reports -> alive(reports, now));
    }

    private static boolean alive(InstanceReports reports, Instant now) {
        return !olderThan(ALIVE, reports, now);
    }

    private static boolean olderThan(Duration age, InstanceReports reports, Instant now) {
        return Duration.between(reports.lastSeen(), now).compareTo(age) > 0;
    }

    private static Stream<PartitionStatus> partitions(ServiceStatus status, String pipeline) {
        return status.partitions().stream()
                .filter(partition -> partition.pipeline().equals(pipeline));
    }
}
