package dev.sluice.admin.precheck;

import dev.sluice.admin.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** REST of the precheck. */
@RestController
@Tag(name = "Data sources")
class PrecheckController {
    private final Prechecks prechecks;

    PrecheckController(Prechecks prechecks) {
        this.prechecks = prechecks;
    }

    @GetMapping("/api/v1/data-sources/{name}/precheck")
    @Operation(summary = "Ask a server whether it is set up to be a source or a target (role=source or target)")
    PrecheckReport check(@PathVariable String name, @RequestParam String role) {
        return prechecks.check(
                name,
                switch (role) {
                    case "source" -> Prechecks.Role.SOURCE;
                    case "target" -> Prechecks.Role.TARGET;
                    default -> throw Refusal.badRequest("role: '" + role + "' is unknown; use source or target");
                });
    }
}
