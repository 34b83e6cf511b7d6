package dev.sluice.sink.partition;

import dev.sluice.sink.batch.BatchAssembler;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.intake.Delivery;
import dev.sluice.sink.intake.PartitionQueue;
import dev.sluice.sink.order.Verdict;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.order.Watermarks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a partition's queue what makes the next batches, and holds back what has to wait for the ones after. Of the
 * worker's thread only.
 */
final class Gathering {
    /** How long a partition waits for more in one go. */
    static final Duration TICK = Duration.ofSeconds(1);

    /** After so many messages a transaction is written in parts, for the queue gives no more before they are acknowledged. */
    private static final int PART_MESSAGES = PartitionQueue.PREFETCH * 3 / 4;

    private final BatchAssembler assembler;
    private final PartitionWorker.Limits limits;
    private final Deque<Delivery> held = new ArrayDeque<>();
    private final List<Delivery> taken = new ArrayList<>();
    /** The message put back of which the first entries are written. */
    private @Nullable Delivery partlyWritten;
    /** Whether so much was taken that a transaction that has not ended is written in parts. */
    private boolean partIsFull;
    /** How many messages of those taken hold nothing of a transaction that has not ended. */
    private int wholeMessages;

    private long duplicates;
    private long lastArrival = System.nanoTime();

    Gathering(BatchAssembler assembler, PartitionWorker.Limits limits) {
        this.assembler = assembler;
        this.limits = limits;
    }

    /** Forgets what is held back, which comes again with the next queue. */
    void begin() {
        held.clear();
        taken.clear();
    }

    /** What is held back, else what comes within a time; null if nothing does. */
    @Nullable
    Delivery next(PartitionQueue queue, Duration wait) throws IOException, InterruptedException {
        Delivery delivery = held.poll();
        if (delivery == null) {
            delivery = queue.poll(wait);
            if (delivery != null) {
                lastArrival = System.nanoTime();
            }
        }
        return delivery;
    }

    /** When something came from the queue last, as {@link System#nanoTime()} has it. */
    long lastArrival() {
        return lastArrival;
    }

    /**
     * Takes what is there up to the limits; stops before a gap, with what is behind it held. Of a transaction that a gap
     * has torn apart nothing is taken: it comes again with what is missing.
     *
     * @param watermark how far the target is
     */
    List<RowBatch> collect(Delivery first, PartitionQueue queue, Watermark watermark)
            throws IOException, InterruptedException {
        assembler.start(watermark);
        Watermark cursor = watermark;
        int rows = 0;
        int bytes = 0;
        taken.clear();
        duplicates = 0;
        wholeMessages = 0;
        partIsFull = false;
        for (Delivery delivery = first;
                delivery != null;
                delivery = next(queue, assembler.inTransaction() && !assembler.hasWhole() ? TICK : Duration.ZERO)) {
            int entries = delivery.message().header().entries();
            Verdict verdict = Watermarks.judge(cursor, delivery.message().header());
            if (verdict instanceof Verdict.Gap) {
                held.addFirst(delivery);
                if (assembler.inTransaction() && !assembler.hasWhole()) {
                    taken.clear();
                }
                break;
            }
            if (verdict instanceof Verdict.Apply apply) {
                assembler.add(delivery.message(), apply.skip());
                cursor = apply.after();
                rows += entries - apply.skip();
                bytes += delivery.message().body().length;
                duplicates += delivery == partlyWritten ? 0 : apply.skip();
            } else {
                duplicates += entries;
            }
            taken.add(delivery);
            if (!assembler.inTransaction()) {
                wholeMessages = taken.size();
            }
            boolean full = rows >= limits.rows() || bytes >= limits.bytes();
            partIsFull = full || taken.size() >= PART_MESSAGES;
            if (full || assembler.inTransaction() && partIsFull || assembler.endsWithStatement()) {
                break;
            }
        }
        return assembler.finish();
    }

    /** How many entries of those looked at the target had. */
    long duplicates() {
        return duplicates;
    }

    /** Whether nothing could be taken, because a gap comes first. */
    boolean isEmpty() {
        return taken.isEmpty();
    }

    /** If so: what is behind the gap. */
    Delivery behindGap() {
        return held.remove();
    }

    /** How many messages were taken. */
    int size() {
        return taken.size();
    }

    /** How many messages of those taken hold nothing of a transaction that has not ended. */
    int whole() {
        return wholeMessages;
    }

    /** What has come of a transaction that is too large to wait for its end; null if there is none. */
    @Nullable
    RowBatch part() {
        return assembler.inTransaction() && partIsFull ? assembler.part() : null;
    }

    /** Holds one back that {@link #next} gave; it is next again. */
    void putBack(Delivery delivery) {
        held.addFirst(delivery);
    }

    /** Holds back all that was taken, as if nothing had been done with it. */
    void putBackAll() {
        putBackFrom(0);
        taken.clear();
    }

    /**
     * Holds back what is not finished. Of the first of it some entries may be written already.
     *
     * @return tag of the last finished message; empty if none is
     */
    OptionalLong finish(int finished) {
        putBackFrom(finished);
        partlyWritten = finished < taken.size() ? taken.get(finished) : null;
        OptionalLong last = finished == 0
                ? OptionalLong.empty()
                : OptionalLong.of(taken.get(finished - 1).tag());
        taken.clear();
        return last;
    }

    private void putBackFrom(int first) {
        for (int i = taken.size() - 1; i >= first; i--) {
            held.addFirst(taken.get(i));
        }
    }
}
