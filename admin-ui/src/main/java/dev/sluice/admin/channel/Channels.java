package dev.sluice.admin.channel;

import dev.sluice.admin.configuration.ConfigurationVersion;
import dev.sluice.admin.configuration.Configurations;
import dev.sluice.admin.configuration.Edit;
import dev.sluice.admin.configuration.Scope;
import dev.sluice.admin.problem.FieldError;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DdlRules;
import dev.sluice.change.config.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The channels of the configuration and what is wanted of their pipelines. */
@Service
class Channels {
    /** A pipeline waits before one statement at a time; more are kept for whoever has to send entries again. */
    private static final int ANSWERS = 100;

    private final Configurations configurations;
    private final TableCheck tableCheck;

    Channels(Configurations configurations, TableCheck tableCheck) {
        this.configurations = configurations;
        this.tableCheck = tableCheck;
    }

    List<Channel> all() {
        return configurations.current().document().channels();
    }

    Channel get(String name) {
        return find(configurations.current().document(), name);
    }

    ChannelView create(ChannelInput input, boolean check, Edit edit) {
        return save(input, check, edit, "create channel " + input.name(), current -> {
            if (current.channels().stream().anyMatch(channel -> channel.name().equals(input.name()))) {
                String fix = "a channel is called '" + input.name() + "' already; choose another name";
                throw Refusal.conflict("There is a channel '" + input.name() + "'", new FieldError("name", fix));
            }
            List<Channel> all = new ArrayList<>(current.channels());
            all.add(input.channel(current));
            return all;
        });
    }

    ChannelView replace(String name, ChannelInput input, boolean check, Edit edit) {
        return save(input, check, edit, "change channel " + name, current -> {
            Channel before = find(current, name);
            if (!name.equals(input.name())) {
                throw Refusal.invalid(List.of(new FieldError(
                        "name", "must stay '" + name + "'; to rename, create another and delete this one")));
            }
            Channel after = input.channel(current);
            List<FieldError> fixed = FixedFields.changed(before, after);
            if (!fixed.isEmpty()) {
                throw Refusal.invalid(fixed);
            }
            return current.channels().stream()
                    .map(channel -> channel.name().equals(name) ? after : channel)
                    .toList();
        });
    }

    void delete(String name, Edit edit) {
        configurations.change(edit, "delete channel " + name, new Scope.Whole(), current -> {
            find(current, name);
            return current.withChannels(current.channels().stream()
                    .filter(channel -> !channel.name().equals(name))
                    .toList());
        });
    }

    /** Sets what is wanted of a pipeline; a command that changes nothing still counts as one. */
    PipelineCommand command(String name, Pipeline.DesiredState state, Edit edit) {
        return command(name, state + " pipeline " + name, state, edit);
    }

    /** Lets a pipeline try again what it is suspended for: services see the new generation. */
    PipelineCommand release(String name, Edit edit) {
        return command(name, "release pipeline " + name, null, edit);
    }

    /** Wishes that a pipeline sends a stretch of its source log again. */
    PipelineCommand replay(String name, ReplayInput input, Edit edit) {
        return change(
                name,
                "replay pipeline " + name,
                new Scope.OfReplay(name),
                edit,
                (pipeline, current) -> pipeline.replaying(input.wish(current.version() + 1)));
    }

    private PipelineCommand command(String name, String comment, Pipeline.@Nullable DesiredState state, Edit edit) {
        return change(
                name,
                comment,
                new Scope.Whole(),
                edit,
                (pipeline, current) ->
                        pipeline.wanted(state == null ? pipeline.state() : state, pipeline.generation() + 1));
    }

    private PipelineCommand change(String name, String comment, Scope scope, Edit edit, NextPipeline next) {
        ConfigurationVersion version = configurations.change(edit, comment, scope, current -> {
            if (current.pipeline(name).isEmpty()) {
                throw Refusal.notFound("pipeline", name);
            }
            List<Channel> channels = current.channels().stream()
                    .map(channel -> new Channel(
                            channel.name(),
                            channel.pipelines().stream()
                                    .map(pipeline ->
                                            pipeline.name().equals(name) ? next.from(pipeline, current) : pipeline)
                                    .toList()))
                    .toList();
            return current.withChannels(channels);
        });
        Pipeline pipeline = version.document().pipeline(name).orElseThrow();
        return new PipelineCommand(name, pipeline.state(), pipeline.generation(), version.version());
    }

    /** Says what becomes of the statement at an entry of the source log. */
    PipelineCommand answer(String name, long entry, StatementAnswer answer, Edit edit) {
        DdlRules.Answer said = new DdlRules.Answer(entry, answer == StatementAnswer.apply);
        String comment = answer + " the statement at entry " + entry + " of pipeline " + name;
        return change(
                name,
                comment,
                new Scope.Whole(),
                edit,
                (pipeline, current) -> pipeline.withApply(pipeline.applyRules()
                        .withDdl(pipeline.applyRules().ddl().answered(said, ANSWERS))));
    }

    private ChannelView save(ChannelInput input, boolean check, Edit edit, String comment, NextChannels next) {
        Scope scope = new Scope.OfChannel(input.name());
        UnaryOperator<Configuration> change = current -> current.withChannels(next.from(current));
        List<String> warnings = List.of();
        if (check) {
            Configuration preview = configurations.preview(edit, scope, change);
            warnings = tableCheck.check(find(preview, input.name()), preview);
        }
        Configuration saved =
                configurations.change(edit, comment, scope, change).document();
        return ChannelView.of(find(saved, input.name()), warnings);
    }

    private static Channel find(Configuration configuration, String name) {
        return configuration.channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("channel", name));
    }

    private interface NextPipeline {
        Pipeline from(Pipeline pipeline, Configuration current);
    }

    private interface NextChannels {
        List<Channel> from(Configuration current);
    }
}
