package dev.sluice.demo.stack;

import java.util.List;

/**
 * Settings of the servers beyond the demo's own, stronger than those: mysqld options, lines of rabbitmq.conf and redis.conf.
 */
public record ServerSettings(List<String> source, List<String> target, List<String> broker, List<String> redis) {
    public static final ServerSettings NONE = new ServerSettings(List.of(), List.of(), List.of(), List.of());
}
