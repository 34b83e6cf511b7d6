package dev.sluice.admin.channel;

import dev.sluice.change.config.Pipeline;

/** A command that was taken; services follow it when they have the configuration version. */
record PipelineCommand(String pipeline, Pipeline.DesiredState state, long generation, long configVersion) {}
