package dev.sluice.dispatch.state;

import dev.sluice.dispatch.publish.PartitionPublisher;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes state records behind the messages they speak of: a place is proposed when everything up to it is published,
 * and noted once all of that is confirmed. Meanwhile publishing goes on. Not thread-safe.
 */
public final class Checkpoints {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final PartitionPublisher publisher;
    private @Nullable DispatchState proposed;
    private long proposedBehind;
    private DispatchState noted;
    private long notedAt;

    /** Begins with the state a pipeline is taken up from. */
    public Checkpoints(PartitionPublisher publisher, DispatchState start) {
        this.publisher = publisher;
        this.noted = start;
        this.notedAt = System.nanoTime();
    }

    /** Whether a new place should be proposed now if there is one. */
    public boolean due() {
        return proposed == null && System.nanoTime() - notedAt >= PERIOD.toNanos();
    }

    /** Whether a place waits for confirms. */
    public boolean pending() {
        return proposed != null;
    }

    /** Proposes a place; everything up to it is published. */
    public void propose(DispatchState state) {
        proposed = state;
        proposedBehind = publisher.published();
    }

    /** Writes the proposed place if everything up to it is confirmed. */
    public void advance() throws IOException, InterruptedException {
        DispatchState state = proposed;
        if (state != null && publisher.confirmed() >= proposedBehind) {
            write(state);
        }
    }

    /**
     * Writes a place at once and waits until it is confirmed.
     *
     * @return false if the broker did not confirm in time
     */
    public boolean settle(DispatchState state, Duration patience) throws IOException, InterruptedException {
        if (!publisher.awaitConfirms(patience)) {
            return false;
        }
        write(state);
        return publisher.awaitConfirms(patience);
    }

    /** The last record written. */
    public DispatchState noted() {
        return noted;
    }

    private void write(DispatchState state) throws IOException, InterruptedException {
        publisher.publishState(StateCodec.encode(state));
        proposed = null;
        noted = state;
        notedAt = System.nanoTime();
    }
}
