package dev.sluice.admin.snapshot;

import dev.sluice.admin.configuration.Edit;
import dev.sluice.change.config.Snapshot.DesiredState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST of snapshots. */
@RestController
@RequestMapping("/api/v1/snapshots")
@Tag(name = "Snapshots")
class SnapshotController {
    private final SnapshotOrders orders;

    SnapshotController(SnapshotOrders orders) {
        this.orders = orders;
    }

    @GetMapping
    @Operation(summary = "List snapshots with how far they have come")
    List<SnapshotView> list() {
        return orders.all();
    }

    @PostMapping
    @Operation(
            summary = "Copy rows that are at a source already",
            description = "For the pipelines named, from their source: tables by name or pattern (all mapped ones if"
                    + " left out), all rows, those of a condition, or those with given keys.")
    ResponseEntity<SnapshotView> create(@RequestBody SnapshotInput input, Edit edit) {
        SnapshotView created = orders.create(input, edit);
        return ResponseEntity.created(
                        URI.create("/api/v1/snapshots/" + created.wanted().name()))
                .body(created);
    }

    @GetMapping("/{name}")
    @Operation(summary = "Show a snapshot with rows, rate and time left")
    SnapshotView get(@PathVariable String name) {
        return orders.get(name);
    }

    @PostMapping("/{name}/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Pause a snapshot behind its present chunk")
    SnapshotView pause(@PathVariable String name, Edit edit) {
        return orders.command(name, DesiredState.PAUSED, edit);
    }

    @PostMapping("/{name}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Go on with a snapshot where it was paused")
    SnapshotView resume(@PathVariable String name, Edit edit) {
        return orders.command(name, DesiredState.RUNNING, edit);
    }

    @PostMapping("/{name}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "End a snapshot for good; what was copied stays")
    SnapshotView cancel(@PathVariable String name, Edit edit) {
        return orders.command(name, DesiredState.CANCELLED, edit);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Forget a snapshot, which ends it")
    void delete(@PathVariable String name, Edit edit) {
        orders.delete(name, edit);
    }
}
