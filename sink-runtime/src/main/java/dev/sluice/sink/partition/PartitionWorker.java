package dev.sluice.sink.partition;

import dev.sluice.broker.Backoff;
import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.status.State;
import dev.sluice.sink.batch.BatchAssembler;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.intake.Delivery;
import dev.sluice.sink.intake.PartitionQueue;
import dev.sluice.sink.intake.PartitionQueues;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.BatchWriter;
import dev.sluice.sink.write.ErrorStore;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one partition from its queue to its target on a thread of its own: take what is there, drop what the target
 * has, write, acknowledge.
 *
 * <p>The watermark in memory is only a guess, for another instance may own the queue in between without this one being
 * told. A guess too low is found out by the writer, which compares; before anything is dropped because of a gap it is
 * read anew.
 */
public final class PartitionWorker {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWorker.class);

    private static final Duration PROBE_WHEN_IDLE = Duration.ofSeconds(5);
    /** How long a transaction at the target may wait for its rest; it holds locks. */
    private static final Duration OPEN_PATIENCE = Duration.ofSeconds(60);

    /** The bounds of one batch. */
    public record Limits(int rows, int bytes) {}

    private final TargetPartition assignment;
    private final PartitionQueues queues;
    private final Supplier<BatchWriter> writers;
    private final Duration badRowPause;
    private final StopSignal stop = new StopSignal();
    private final PartitionProgress progress;
    private final Writing writing;
    private final Parking parking;
    private final Suspension suspension;
    private final Repair repair;
    private final GapWatch gap;
    /** Between looks whether it is this partition's turn with a statement; a person may take days to make it so. */
    private final Backoff turn = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    private final Backoff reopening = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private final Thread thread;

    /* Of the worker's thread only. */
    private final Gathering gathering;
    private Watermark watermark = Watermark.NONE;
    /** What this worker wrote last as the owner; {@link Watermark#NONE} once another owner went on from it. */
    private Watermark written = Watermark.NONE;

    private boolean active;
    /** Whether the target has a transaction open of which a part is written; then the watermark is that of the part. */
    private boolean open;

    private long lastContact;

    /**
     * A worker that does not work yet.
     *
     * @param writers gives the target's writer; asked again after each failure
     */
    public PartitionWorker(
            TargetPartition assignment,
            PartitionQueues queues,
            Supplier<BatchWriter> writers,
            Limits limits,
            Duration gapPatience,
            Duration badRowPause) {
        this.assignment = assignment;
        this.queues = queues;
        this.writers = writers;
        this.badRowPause = badRowPause;
        progress = new PartitionProgress(assignment.partition());
        parking = new Parking(assignment.rules(), progress);
        suspension = new Suspension(assignment, badRowPause);
        writing = new Writing(progress, stop, parking, suspension, new TableTrouble(assignment.rules()), badRowPause);
        repair = new Repair(assignment, queues, parking, badRowPause);
        gap = new GapWatch(gapPatience);
        gathering = new Gathering(
                new BatchAssembler(assignment.partition(), assignment.sourceSite(), assignment.rules()), limits);
        thread = new Thread(this::run, "partition " + assignment.partition());
        thread.setDaemon(true);
    }

    public PartitionWorker start() {
        thread.start();
        return this;
    }

    public PartitionProgress progress() {
        return progress;
    }

    /** Asks it to finish the batch under way and give up its queue. */
    public void stop() {
        stop.raise();
    }

    /** Waits for the end after {@link #stop()}; false if it takes longer. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        thread.join(Math.max(1, patience.toMillis()));
        return !thread.isAlive();
    }

    private void run() {
        try {
            while (!stop.isRaised()) {
                stop.pause(consume());
            }
        } catch (InterruptedException e) {
            LOG.debug("partition {}: interrupted", assignment.partition());
        }
        progress.in(State.STOPPED);
    }

    /** Works until something fails or it is stopped; returns how long to pause before the next try. */
    private Duration consume() throws InterruptedException {
        gathering.begin();
        active = false;
        progress.nothingWaits();
        try {
            BatchWriter writer = writers.get();
            load(writer);
            try (Closing part = () -> abandon(writer);
                    PartitionQueue queue = queues.open(assignment.queue())) {
                reopening.succeeded();
                progress.consuming(queue::unacknowledged);
                progress.in(State.STANDBY);
                while (!stop.isRaised()) {
                    Delivery next = gathering.next(queue, repair.busy() ? Duration.ZERO : Gathering.TICK);
                    if (next == null) {
                        idle(writer);
                    } else {
                        take(next, queue, writer);
                    }
                    if (!open && !repair.tick(writer, watermark, active)) {
                        load(writer);
                    }
                }
            }
            return Duration.ZERO;
        } catch (WriteFailed e) {
            return writing.failed(e.failure());
        } catch (IOException e) {
            if (stop.isRaised()) {
                return Duration.ZERO;
            }
            String reason = String.valueOf(e.getMessage());
            progress.in(State.RETRYING, reason, reason, true);
            return reopening.next();
        } catch (InvalidConfiguration e) {
            progress.in(State.FAILED, String.valueOf(e.getMessage()), String.valueOf(e.getMessage()), true);
            return badRowPause;
        } catch (RuntimeException e) {
            LOG.error("partition {}: cannot go on behind {}", assignment.partition(), watermark, e);
            progress.in(State.FAILED, "cannot go on behind entry " + watermark.seq() + ": " + e, e.toString(), false);
            return badRowPause;
        } finally {
            repair.close();
        }
    }

    private void take(Delivery first, PartitionQueue queue, BatchWriter writer)
            throws IOException, InterruptedException, WriteFailed {
        if (!active) {
            load(writer);
            active = true;
            progress.in(State.RUNNING);
        }
        List<RowBatch> batches = gathering.collect(first, queue, watermark);
        progress.dropped(gathering.duplicates());
        if (gathering.isEmpty()) {
            behindGap(gathering.behindGap(), queue, writer);
            return;
        }
        boolean waits = false;
        for (RowBatch whole : batches) {
            RowBatch batch = parking.split(whole);
            progress.writing(batch);
            // what was written of a transaction is undone with a failure, so the same batch again would not do
            Writing.Done done =
                    open ? new Writing.Done(batch, writer.write(batch)) : writing.write(writer, batch, queue::isOpen);
            if (done != null && done.outcome() instanceof WriteOutcome.Written outcome) {
                open = false;
                watermark = batch.after();
                written = watermark;
                wrote(done.batch(), outcome);
                gap.closed();
                turn.succeeded();
            } else if (done != null && done.outcome() instanceof WriteOutcome.Waiting waiting) {
                // only the last batch waits; meanwhile parked rows are looked after
                waits = true;
                progress.waits(waiting);
            } else {
                gathering.putBackAll();
                if (done != null) {
                    LOG.info("partition {}: the target is not at {} any more", assignment.partition(), batch.before());
                    load(writer);
                }
                return;
            }
        }
        int finished = waits ? gathering.size() - 1 : gathering.whole();
        RowBatch part = gathering.part();
        if (part != null) {
            if (!writePart(writer, parking.split(part))) {
                gathering.putBackAll();
                return;
            }
            finished = gathering.size();
        }
        if (!waits && (progress.state() != State.RUNNING || progress.error() != null)) {
            progress.in(State.RUNNING);
        }
        OptionalLong last = gathering.finish(finished);
        if (last.isPresent()) {
            lastContact = System.nanoTime();
            queue.acknowledge(last.getAsLong());
        } else {
            idle(writer);
        }
        if (waits) {
            stop.pause(repair.busy() ? Duration.ZERO : turn.next());
            queue.check();
        }
    }

    /**
     * Writes what has come of a transaction that is too large to wait for its end. Its messages are acknowledged before it
     * is committed: if it fails, they are missing, and the dispatcher is asked for them.
     */
    private boolean writePart(BatchWriter writer, RowBatch part) throws WriteFailed {
        progress.writing(part);
        if (writer.write(part) instanceof WriteOutcome.Written done) {
            open = true;
            watermark = part.after();
            progress.wrotePart(part, done.missing());
            noteParked(part);
            return true;
        }
        LOG.info("partition {}: the target is not at {} any more", assignment.partition(), part.before());
        load(writer);
        return false;
    }

    private void abandon(BatchWriter writer) {
        if (open) {
            open = false;
            LOG.info("partition {}: undoing the part that is written of a transaction", assignment.partition());
            writer.abandon(assignment.partition());
        }
    }

    private void wrote(RowBatch batch, WriteOutcome.Written outcome) {
        // first what is parked: who sees the new watermark must see that, too
        noteParked(batch);
        progress.wrote(batch, outcome.missing());
    }

    private void noteParked(RowBatch batch) {
        if (!batch.aside().parked().isEmpty()) {
            parking.written(batch);
            repair.changed();
        }
    }

    private void behindGap(Delivery delivery, PartitionQueue queue, BatchWriter writer)
            throws IOException, InterruptedException, WriteFailed {
        Watermark guess = watermark;
        load(writer);
        if (!watermark.equals(guess)) {
            gathering.putBack(delivery);
            return;
        }
        if (gap.seen(System.nanoTime())) {
            progress.sawGap();
            LOG.warn(
                    "partition {}: entries between {} and {} are missing, waiting for them to come again",
                    assignment.partition(),
                    watermark,
                    delivery.message().header().seq());
        }
        queue.acknowledge(delivery.tag());
        askForMissing(writer);
    }

    private void idle(BatchWriter writer) throws InterruptedException, WriteFailed {
        askForMissing(writer);
        long silence = System.nanoTime() - Math.max(lastContact, gathering.lastArrival());
        if (silence > (open ? OPEN_PATIENCE : PROBE_WHEN_IDLE).toNanos()) {
            Watermark guess = watermark;
            load(writer);
            if (active && watermark.compareTo(guess) > 0) {
                active = false;
                progress.in(State.STANDBY);
            }
        }
    }

    private void askForMissing(BatchWriter writer) throws InterruptedException, WriteFailed {
        if (!gap.shouldAsk(System.nanoTime())) {
            return;
        }
        Watermark guess = watermark;
        load(writer);
        if (!watermark.equals(guess)) {
            gap.closed();
            return;
        }
        try {
            queues.requestRewind(assignment.partition(), watermark);
            LOG.warn("partition {}: asked for everything behind {} again", assignment.partition(), watermark);
        } catch (IOException e) {
            LOG.warn("partition {}: cannot ask for missing entries: {}", assignment.partition(), e.getMessage());
        }
    }

    private void load(BatchWriter writer) throws WriteFailed {
        abandon(writer);
        watermark = writer.watermark(assignment.partition());
        ErrorStore store = writer.errors();
        if (store != null) {
            // after the watermark: whatever is parked moves it
            parking.load(store.tables(assignment.partition()));
            suspension.load(store, watermark);
            repair.changed();
        }
        lastContact = System.nanoTime();
        writing.succeeded();
        progress.at(watermark);
        int moved = watermark.compareTo(written);
        if (moved > 0) {
            written = Watermark.NONE;
        } else if (moved < 0 && gap.seen(lastContact)) {
            progress.sawGap();
            LOG.warn(
                    "partition {}: the target fell back from {} to {}: it lost data",
                    assignment.partition(),
                    written,
                    watermark);
        }
    }

    private interface Closing extends AutoCloseable {
        @Override
        void close();
    }
}
