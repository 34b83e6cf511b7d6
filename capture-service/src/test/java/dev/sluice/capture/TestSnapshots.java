package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.Snapshot;
import dev.sluice.change.status.SnapshotStatus;
import dev.sluice.change.status.SnapshotStatus.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Snapshots of these tests and how an instance says they fare. */
final class TestSnapshots {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private TestSnapshots() {}

    /** One that copies all tables of a schema for the source's pipeline. */
    static Snapshot of(String name, String source, String schema, Snapshot.@Nullable Limits limits) {
        return of(name, source, List.of(new Snapshot.Tables(schema, "*", null, null)), limits);
    }

    static Snapshot of(String name, String source, List<Snapshot.Tables> tables, Snapshot.@Nullable Limits limits) {
        return new Snapshot(
                name,
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                source,
                List.of("p-" + source),
                tables,
                Snapshot.DesiredState.RUNNING,
                1,
                limits);
    }

    static void awaitPhase(CaptureInstance instance, Phase phase) {
        await().atMost(LIMIT)
                .failFast(
                        "it failed",
                        () -> phase != Phase.FAILED && phases(instance).contains(Phase.FAILED))
                .untilAsserted(() -> assertThat(phases(instance)).contains(phase));
    }

    private static List<Phase> phases(CaptureInstance instance) {
        return instance.captures().status().stream()
                .flatMap(capture -> Objects.requireNonNull(capture.snapshots()).stream())
                .map(SnapshotStatus::phase)
                .toList();
    }

    /** Of the only snapshot of the only source. */
    static SnapshotStatus status(CaptureInstance instance) {
        return Objects.requireNonNull(instance.captures().status().get(0).snapshots())
                .get(0);
    }
}
