package dev.sluice.apply;

import dev.sluice.apply.write.TargetWriter;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.sink.SinkHealth;
import dev.sluice.sink.SinkRuntime;
import dev.sluice.sink.SinkSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;

/**
 * The way of a row: partition queue (sink-runtime) → {@code collapse}: one change for each key → {@code sql}: statements
 * → {@code write}: one transaction with the watermark; what goes wrong there is understood in {@code failure}.
 */
public final class ApplyPipeline implements AutoCloseable {
    static final Set<DataSource.Kind> TARGETS =
            Set.of(DataSource.Kind.MYSQL, DataSource.Kind.MARIADB, DataSource.Kind.POSTGRESQL, DataSource.Kind.ORACLE);

    private final SinkRuntime runtime;

    public ApplyPipeline(ApplySettings settings, String instance, String version, MeterRegistry metrics) {
        this(settings, SinkSettings.of("apply", instance, version, TARGETS), metrics);
    }

    ApplyPipeline(ApplySettings settings, SinkSettings sink, MeterRegistry metrics) {
        SecretCipher cipher = new SecretCipher(settings.secretKey());
        runtime = new SinkRuntime(
                sink,
                new BrokerConnections(settings.brokerUri()),
                (target, sources) -> new TargetWriter(
                        target,
                        cipher,
                        settings.apply().watermarkSchema(),
                        settings.apply().connections(),
                        sources),
                metrics);
    }

    /** Begins to apply; does not wait for the broker or a target. */
    public ApplyPipeline start() {
        runtime.start();
        return this;
    }

    /** What the partitions do. */
    public List<PartitionStatus> status() {
        return runtime.status();
    }

    public SinkHealth health() {
        return runtime.health();
    }

    /** Finishes the batches under way. */
    @Override
    public void close() {
        runtime.close();
    }
}
