package dev.sluice.sink.partition;

import dev.sluice.sink.intake.PartitionQueues;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.write.ErrorStore;
import dev.sluice.sink.write.WriteFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Tells the admin service of every new state of a parked row, at least once: it is forgotten at the target only after the
 * broker's confirm. Of the worker's thread only.
 */
final class Reports {
    /** Few, for the partition's rows wait meanwhile. */
    private static final int AT_ONCE = 300;

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(15);

    private final Partition partition;
    private final PartitionQueues queues;
    private boolean changed;
    private long notBefore = System.nanoTime();

    Reports(Partition partition, PartitionQueues queues) {
        this.partition = partition;
        this.queues = queues;
    }

    void changed() {
        changed = true;
    }

    boolean due() {
        return changed && System.nanoTime() - notBefore >= 0;
    }

    void send(ErrorStore store) throws WriteFailed, IOException, InterruptedException {
        if (!due()) {
            return;
        }
        notBefore = System.nanoTime() + AFTER_A_FAILURE.toNanos();
        List<ErrorStore.Stored> rows = store.unreported(partition, AT_ONCE);
        if (!rows.isEmpty()) {
            queues.errors()
                    .publish(rows.stream()
                            .map(row -> ErrorEntries.of(partition, row))
                            .toList());
            store.reported(partition, rows);
        }
        changed = !rows.isEmpty();
        notBefore = System.nanoTime();
    }
}
