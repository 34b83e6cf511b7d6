package dev.sluice.admin.position;

import dev.sluice.admin.configuration.Edit;
import dev.sluice.change.config.CaptureSettings.StartPosition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST of positions. */
@RestController
@RequestMapping("/api/v1/data-sources/{name}")
@Tag(name = "Data sources")
class PositionController {
    private final Positions positions;

    PositionController(Positions positions) {
        this.positions = positions;
    }

    @PostMapping("/position-preview")
    @Operation(summary = "Say what a position means before it is set: where it is, what would be skipped or repeated")
    PositionPreview preview(@PathVariable String name, @RequestBody StartPosition position) {
        return positions.preview(name, position);
    }

    @PostMapping("/position")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Let the capture leave its place and go on at a position",
            description = "What lies between the two places is missing from the source log, or in it twice; the"
                    + " claim in the log, the status and the capture's log say so.")
    PositionJump jump(@PathVariable String name, @RequestBody StartPosition position, Edit edit) {
        return positions.jump(name, position, edit);
    }
}
