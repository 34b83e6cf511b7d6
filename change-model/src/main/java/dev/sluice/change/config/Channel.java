package dev.sluice.change.config;

import java.util.List;

/** What belongs together: one pipeline, or two and more for two-way and many-site synchronisation. */
public record Channel(String name, List<Pipeline> pipelines) {}
