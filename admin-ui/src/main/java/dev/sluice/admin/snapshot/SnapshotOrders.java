package dev.sluice.admin.snapshot;

import dev.sluice.admin.configuration.Configurations;
import dev.sluice.admin.configuration.Edit;
import dev.sluice.admin.configuration.Scope;
import dev.sluice.admin.problem.FieldError;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.admin.status.SnapshotReports;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

/** The snapshots of the configuration and what is wanted of them. */
@Service
class SnapshotOrders {
    private final Configurations configurations;
    private final SnapshotReports reports;
    private final Clock clock = Clock.systemUTC();

    SnapshotOrders(Configurations configurations, SnapshotReports reports) {
        this.configurations = configurations;
        this.reports = reports;
    }

    List<SnapshotView> all() {
        return configurations.current().document().snapshots().stream()
                .map(this::view)
                .toList();
    }

    SnapshotView get(String name) {
        return view(find(configurations.current().document(), name));
    }

    SnapshotView create(SnapshotInput input, Edit edit) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Snapshot wanted = input.snapshot(configurations.current().document(), now);
        configurations.change(
                edit, "create snapshot " + wanted.name(), new Scope.OfSnapshot(wanted.name()), current -> {
                    if (current.snapshots().stream()
                            .anyMatch(each -> each.name().equals(wanted.name()))) {
                        String fix = "a snapshot is called '" + wanted.name() + "' already; choose another name";
                        throw Refusal.conflict(
                                "There is a snapshot '" + wanted.name() + "'", new FieldError("name", fix));
                    }
                    List<Snapshot> next = new ArrayList<>(current.snapshots());
                    next.add(wanted);
                    return current.withSnapshots(next);
                });
        return view(wanted);
    }

    /** Sets what is wanted of a snapshot; one that was cancelled stays so. */
    SnapshotView command(String name, Snapshot.DesiredState state, Edit edit) {
        Configuration changed = configurations
                .change(edit, state + " snapshot " + name, new Scope.Whole(), current -> {
                    if (find(current, name).state() == Snapshot.DesiredState.CANCELLED) {
                        throw Refusal.conflict("Snapshot '" + name + "' is cancelled; create another one");
                    }
                    return current.withSnapshots(current.snapshots().stream()
                            .map(each -> each.name().equals(name) ? each.command(state) : each)
                            .toList());
                })
                .document();
        return view(find(changed, name));
    }

    void delete(String name, Edit edit) {
        configurations.change(edit, "delete snapshot " + name, new Scope.Whole(), current -> {
            find(current, name);
            return current.withSnapshots(current.snapshots().stream()
                    .filter(each -> !each.name().equals(name))
                    .toList());
        });
    }

    private SnapshotView view(Snapshot snapshot) {
        return new SnapshotView(
                snapshot,
                reports.of(snapshot.source(), snapshot.name(), clock.instant())
                        .filter(status -> status.created().equals(snapshot.created()))
                        .orElse(null));
    }

    private static Snapshot find(Configuration configuration, String name) {
        return configuration.snapshots().stream()
                .filter(snapshot -> snapshot.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("snapshot", name));
    }
}
