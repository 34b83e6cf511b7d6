package dev.sluice.benchmarks.wholeway;

import java.util.List;
import java.util.Locale;

/** How far the rows go. */
public enum Way {
    /** Into the source log, read by a consumer. */
    LOG(List.of("capture", "broker", "source")),
    /** Into another MySQL. */
    MYSQL(List.of("capture", "dispatcher", "apply", "broker", "source", "target")),
    REDIS(List.of("capture", "dispatcher", "redis-sink", "broker", "source", "redis"));

    static final int PARTITIONS = 8;

    private final List<String> processes;

    Way(List<String> processes) {
        this.processes = processes;
    }

    /** The processes that work for it. */
    List<String> processes() {
        return processes;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
