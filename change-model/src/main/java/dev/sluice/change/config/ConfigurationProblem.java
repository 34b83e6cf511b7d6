package dev.sluice.change.config;

/**
 * One thing that is wrong in a configuration.
 *
 * @param field path such as {@code channels[0].pipelines[1].target}
 * @param fix what is wrong and what to do about it
 */
public record ConfigurationProblem(String field, String fix) {}
