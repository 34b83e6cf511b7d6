package dev.sluice.admin.channel;

import dev.sluice.admin.configuration.Edit;
import dev.sluice.change.config.Pipeline.DesiredState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST of the commands to pipelines. */
@RestController
@RequestMapping("/api/v1/pipelines/{name}")
@ResponseStatus(HttpStatus.ACCEPTED)
@Tag(name = "Pipelines")
class PipelineController {
    private final Channels channels;

    PipelineController(Channels channels) {
        this.channels = channels;
    }

    @PostMapping("/start")
    @Operation(summary = "Start or resume a pipeline")
    PipelineCommand start(@PathVariable String name, Edit edit) {
        return channels.command(name, DesiredState.RUNNING, edit);
    }

    @PostMapping("/pause")
    @Operation(summary = "Pause a pipeline: what is in the queues is still applied")
    PipelineCommand pause(@PathVariable String name, Edit edit) {
        return channels.command(name, DesiredState.PAUSED, edit);
    }

    @PostMapping("/release")
    @Operation(
            summary = "Release a suspended pipeline: what was refused is tried again at once",
            description = "If it is refused again, the pipeline is suspended again.")
    PipelineCommand release(@PathVariable String name, Edit edit) {
        return channels.release(name, edit);
    }

    @PostMapping("/replay")
    @Operation(
            summary = "Send a stretch of the source log again, up to the present; the status has its progress",
            description = "From an entry or a time, for all tables or some. Other pipelines go on.")
    PipelineCommand replay(@PathVariable String name, @RequestBody ReplayInput input, Edit edit) {
        return channels.replay(name, input, edit);
    }

    @PostMapping("/statements/{entry}/{answer}")
    @Operation(
            summary = "Answer before which statement a pipeline waits",
            description =
                    "apply runs it at the target, ignore goes on without it; the entry is in the pipeline's error")
    PipelineCommand answer(
            @PathVariable String name, @PathVariable long entry, @PathVariable StatementAnswer answer, Edit edit) {
        return channels.answer(name, entry, answer, edit);
    }

    @PostMapping("/stop")
    @Operation(summary = "Stop a pipeline: nothing is dispatched and nothing applied")
    PipelineCommand stop(@PathVariable String name, Edit edit) {
        return channels.command(name, DesiredState.STOPPED, edit);
    }
}
