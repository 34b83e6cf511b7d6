package dev.sluice.capture.status;

import dev.sluice.capture.snapshot.SnapshotBoard;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Registers the meters of one source; closing it removes them. */
public final class CaptureMetrics implements AutoCloseable {
    private static final String SOURCE = "source";

    private final MeterRegistry registry;
    private final List<Meter> meters;

    public CaptureMetrics(MeterRegistry registry, CaptureProgress capture) {
        this.registry = registry;
        String source = capture.source();
        meters = List.of(
                FunctionCounter.builder("sluice.capture.entries", capture, CaptureProgress::entries)
                        .description("Row and DDL entries published to the source log")
                        .tag(SOURCE, source)
                        .register(registry),
                FunctionCounter.builder("sluice.capture.bytes", capture, CaptureProgress::bytes)
                        .baseUnit("bytes")
                        .tag(SOURCE, source)
                        .register(registry),
                FunctionCounter.builder("sluice.capture.messages", capture, CaptureProgress::messages)
                        .tag(SOURCE, source)
                        .register(registry),
                FunctionCounter.builder("sluice.capture.filtered.events", capture, CaptureProgress::passedOver)
                        .description(
                                "Row events of the binlog passed over undecoded: filtered, or of the server's tables")
                        .tag(SOURCE, source)
                        .register(registry),
                FunctionCounter.builder("sluice.capture.filtered.bytes", capture, CaptureProgress::bytesPassedOver)
                        .baseUnit("bytes")
                        .tag(SOURCE, source)
                        .register(registry),
                FunctionCounter.builder("sluice.capture.snapshot.rows", capture.snapshots(), SnapshotBoard::rows)
                        .description("Rows read by snapshots")
                        .tag(SOURCE, source)
                        .register(registry),
                FunctionCounter.builder("sluice.capture.snapshot.chunks", capture.snapshots(), SnapshotBoard::chunks)
                        .tag(SOURCE, source)
                        .register(registry),
                Gauge.builder("sluice.capture.unconfirmed", capture, CaptureProgress::unconfirmed)
                        .description("Entries published and not yet confirmed by the broker")
                        .tag(SOURCE, source)
                        .register(registry),
                Gauge.builder("sluice.capture.lag", capture, CaptureProgress::lagSeconds)
                        .description(
                                "Age of the last confirmed commit while more waits; caught up: 0, or as heartbeat rows tell")
                        .baseUnit("seconds")
                        .tag(SOURCE, source)
                        .register(registry),
                Gauge.builder("sluice.capture.purge", capture, CaptureProgress::purgeSeconds)
                        .description("Time until the source deletes binlog that was not read yet; NaN if it will not")
                        .baseUnit("seconds")
                        .tag(SOURCE, source)
                        .register(registry),
                Gauge.builder("sluice.capture.owned", capture, progress -> progress.owned() ? 1 : 0)
                        .description("1 if this instance captures the source, 0 if it stands by")
                        .tag(SOURCE, source)
                        .register(registry));
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
