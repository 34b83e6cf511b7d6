package dev.sluice.admin.status;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** REST of the status. */
@RestController
@RequestMapping("/api/v1/status")
@Tag(name = "Status")
class StatusController {
    private final StatusService service;

    StatusController(StatusService service) {
        this.service = service;
    }

    @GetMapping
    @Operation(summary = "Show what runs: channels, pipelines, sources and instances")
    StatusView status() {
        return service.now();
    }
}
