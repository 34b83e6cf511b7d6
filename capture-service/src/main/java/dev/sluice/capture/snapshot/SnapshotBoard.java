package dev.sluice.capture.snapshot;

import dev.sluice.change.status.SnapshotStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** How the snapshots of one source fare, for status and metrics. Thread-safe. */
public final class SnapshotBoard {
    private final Map<String, SnapshotStatus> shown = new ConcurrentSkipListMap<>();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong chunks = new AtomicLong();

    void show(SnapshotStatus status) {
        shown.put(status.name(), status);
    }

    void keep(List<String> names) {
        shown.keySet().retainAll(names);
    }

    void read(long moreRows) {
        rows.addAndGet(moreRows);
        chunks.incrementAndGet();
    }

    /** Forgets everything: another instance copies now. */
    public void clear() {
        shown.clear();
    }

    public List<SnapshotStatus> status() {
        return List.copyOf(shown.values());
    }

    /** Rows read by this instance. */
    public long rows() {
        return rows.get();
    }

    /** Chunks read by this instance. */
    public long chunks() {
        return chunks.get();
    }
}
