package dev.sluice.sink;

import dev.sluice.change.config.DataSource;
import dev.sluice.sink.write.BatchWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** One writer for each target server in use. Thread-safe. */
final class TargetWriters {
    private final Function<DataSource, BatchWriter> factory;
    private final Map<DataSource, BatchWriter> writers = new HashMap<>();

    TargetWriters(Function<DataSource, BatchWriter> factory) {
        this.factory = factory;
    }

    synchronized BatchWriter of(DataSource target) {
        BatchWriter writer = writers.get(target);
        if (writer == null) {
            writer = factory.apply(target);
            writers.put(target, writer);
        }
        return writer;
    }

    /** Closes the writers of all other targets. */
    synchronized void retain(Set<DataSource> targets) {
        writers.entrySet().removeIf(entry -> {
            if (targets.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().close();
            return true;
        });
    }
}
