package dev.sluice.dispatch;

import dev.sluice.dispatch.state.DispatchState;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a pipeline has done since this instance took it over, for status and metrics. Thread-safe. */
final class Progress {
    final LongAdder read = new LongAdder();
    final LongAdder dispatched = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder ddl = new LongAdder();
    final LongAdder messages = new LongAdder();
    final LongAdder rewinds = new LongAdder();
    final LongAdder replayed = new LongAdder();
    private volatile @Nullable DispatchState noted;
    private volatile long commitMicros;
    private volatile boolean atEnd;
    private volatile List<String> leftOut = List.of();

    void noted(DispatchState state) {
        noted = state;
    }

    /** The state last written; null before the pipeline is taken up. */
    @Nullable
    DispatchState noted() {
        return noted;
    }

    void committed(long micros) {
        commitMicros = micros;
    }

    /** Commit time of the last dispatched entry, microseconds since 1970; 0 if none yet. */
    long commitMicros() {
        return commitMicros;
    }

    void leftOut(List<String> tables) {
        leftOut = tables;
    }

    /** Tables that the last replay was to send again and cannot. */
    List<String> leftOut() {
        return leftOut;
    }

    void atEnd(boolean now) {
        atEnd = now;
    }

    /** Whether everything that has arrived from the source log is dispatched. */
    boolean atEnd() {
        return atEnd;
    }
}
