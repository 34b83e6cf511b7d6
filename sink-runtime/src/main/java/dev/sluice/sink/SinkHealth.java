package dev.sluice.sink;

import java.util.List;

/**
 * Whether a sink does its work.
 *
 * @param up false if the broker or a target cannot be reached or written for more than ten seconds
 * @param problems one sentence each; a suspended partition is one, but does not make the sink down
 */
public record SinkHealth(boolean up, List<String> problems) {}
