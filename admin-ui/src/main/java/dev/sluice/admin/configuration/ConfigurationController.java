package dev.sluice.admin.configuration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** REST of the whole configuration: show, history, roll back. */
@RestController
@RequestMapping("/api/v1/configuration")
@Tag(name = "Configuration")
class ConfigurationController {
    private final Configurations configurations;

    ConfigurationController(Configurations configurations) {
        this.configurations = configurations;
    }

    @GetMapping
    @Operation(summary = "Show the current configuration, without passwords")
    ConfigurationView current() {
        return ConfigurationView.of(configurations.current());
    }

    @GetMapping("/history")
    @Operation(summary = "List the versions, newest first")
    List<HistoryEntry> history() {
        return configurations.history();
    }

    @PostMapping("/rollback")
    @Operation(
            summary = "Activate what an older version said, as a new version",
            description = "Data sources come back as they were, with the passwords of that time.")
    ConfigurationView rollback(@RequestBody RollbackRequest request, Edit edit) {
        return ConfigurationView.of(configurations.rollback(edit, request.version()));
    }

    record RollbackRequest(long version) {}
}
