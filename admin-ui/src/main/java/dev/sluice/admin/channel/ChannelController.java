package dev.sluice.admin.channel;

import dev.sluice.admin.configuration.Edit;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST of channels. */
@RestController
@RequestMapping("/api/v1/channels")
@Tag(name = "Channels")
class ChannelController {
    private static final String CHECK = "Asks source and target whether the mapped tables exist, unless check=false;"
            + " a server that cannot be reached gives a warning.";

    private final Channels channels;

    ChannelController(Channels channels) {
        this.channels = channels;
    }

    @GetMapping
    @Operation(summary = "List channels")
    List<ChannelView> list() {
        return channels.all().stream()
                .map(channel -> ChannelView.of(channel, List.of()))
                .toList();
    }

    @PostMapping
    @Operation(summary = "Create a channel", description = CHECK)
    ResponseEntity<ChannelView> create(
            @RequestBody ChannelInput input, @RequestParam(defaultValue = "true") boolean check, Edit edit) {
        ChannelView created = channels.create(input, check, edit);
        return ResponseEntity.created(URI.create("/api/v1/channels/" + created.name()))
                .body(created);
    }

    @GetMapping("/{name}")
    @Operation(summary = "Show a channel")
    ChannelView get(@PathVariable String name) {
        return ChannelView.of(channels.get(name), List.of());
    }

    @PutMapping("/{name}")
    @Operation(summary = "Change a channel", description = CHECK)
    ChannelView replace(
            @PathVariable String name,
            @RequestBody ChannelInput input,
            @RequestParam(defaultValue = "true") boolean check,
            Edit edit) {
        return channels.replace(name, input, check, edit);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a channel with its pipelines")
    void delete(@PathVariable String name, Edit edit) {
        channels.delete(name, edit);
    }
}
