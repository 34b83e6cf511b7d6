package dev.sluice.sink.partition;

import dev.sluice.broker.Backoff;
import dev.sluice.change.error.ErrorEntry;
import dev.sluice.change.error.RepairCommand;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.SingleRow;
import dev.sluice.sink.intake.PartitionQueues;
import dev.sluice.sink.intake.RepairRequests;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.BatchWriter;
import dev.sluice.sink.write.ErrorStore;
import dev.sluice.sink.write.WriteFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a partition's parked rows between two batches: carries out what operators ask, and tries them again by
 * itself, at growing intervals and not for ever. Of the worker's thread only.
 */
final class Repair implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration EVERY_IN_STANDBY = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    /** The partition's other tables wait meanwhile. */
    private static final Duration COMMANDS_FOR = Duration.ofMillis(200);

    /**
     * When a table is tried again.
     *
     * @param at by {@link System#nanoTime()}
     * @param tries of its first row when that was decided
     * @param going whether its rows went when they were tried last, and there are more
     */
    private record Turn(long at, int tries, boolean going) {
        static Turn after(int tries, Duration pause) {
            return new Turn(
                    System.nanoTime()
                            + Backoff.pause(pause, Suspension.LONGEST_PAUSE, tries)
                                    .toNanos(),
                    tries,
                    false);
        }
    }

    private final Partition partition;
    private final PartitionQueues queues;
    private final Parking parking;
    private final Replay replay;
    private final Reports reports;
    private final int recoveries;
    private final Duration pause;
    private final Map<TableLine.Target, Turn> turns = new HashMap<>();

    private @Nullable RepairRequests requests;
    private long last = System.nanoTime();
    private long looked = last;
    private boolean more;

    /**
     * A repair.
     *
     * @param pause before parked rows are tried again the first time
     */
    Repair(TargetPartition assignment, PartitionQueues queues, Parking parking, Duration pause) {
        partition = assignment.partition();
        recoveries = assignment.rules().recoveries();
        this.queues = queues;
        this.parking = parking;
        replay = new Replay(assignment);
        reports = new Reports(partition, queues);
        this.pause = pause;
    }

    /** There may be rows whose state was not reported. */
    void changed() {
        reports.changed();
    }

    /** Whether there is something to do at once. */
    boolean busy() {
        return more;
    }

    /**
     * Does what there is to do, now and then.
     *
     * @param active whether this instance has reason to think that it owns the partition
     * @return false if the watermark or the parked rows are not what was thought
     */
    boolean tick(BatchWriter writer, Watermark watermark, boolean active) throws InterruptedException {
        ErrorStore store = writer.errors();
        long now = System.nanoTime();
        if (store == null
                || !reports.due() && parking.tables().isEmpty()
                || !more && now - last < (active ? EVERY : EVERY_IN_STANDBY).toNanos()) {
            return true;
        }
        boolean asThought = true;
        more = false;
        try {
            asThought = carryOut(writer, store, watermark);
            for (TableLine.Target table : parking.tables()) {
                asThought = asThought && recover(writer, store, watermark, table);
            }
            if (!parking.tables().isEmpty() && now - looked > LOOK_EVERY.toNanos()) {
                look(store);
            }
            reports.send(store);
        } catch (WriteFailed e) {
            LOG.warn("partition {}: parked rows cannot be looked after: {}", partition, e.getMessage());
        } catch (IOException e) {
            LOG.warn("partition {}: {}", partition, e.getMessage());
            close();
        } catch (RuntimeException e) {
            // the partition's other tables go on
            LOG.error("partition {}: parked rows cannot be looked after", partition, e);
            close();
        }
        last = System.nanoTime();
        return asThought;
    }

    @Override
    public void close() {
        if (requests != null) {
            requests.close();
            requests = null;
        }
    }

    private void look(ErrorStore store) throws WriteFailed {
        parking.load(store.tables(partition));
        turns.keySet().retainAll(parking.tables());
        looked = System.nanoTime();
    }

    private boolean recover(BatchWriter writer, ErrorStore store, Watermark watermark, TableLine.Target table)
            throws WriteFailed {
        Turn turn = turns.computeIfAbsent(table, t -> Turn.after(0, pause));
        if (System.nanoTime() - turn.at < 0) {
            return true;
        }
        if (!turn.going) {
            int tries = tries(store, table);
            if (tries >= recoveries || tries != turn.tries) {
                // given up, or another instance that looks after the partition was faster
                turns.put(table, Turn.after(tries, pause));
                return true;
            }
        }
        return replay(writer, store, watermark, table, turn.going);
    }

    /** Applies a table's rows; unless they went the last time, tries the first alone before it reads more. */
    private boolean replay(
            BatchWriter writer, ErrorStore store, Watermark watermark, TableLine.Target table, boolean going)
            throws WriteFailed {
        // if it fails: not at once again, for the partition's other tables wait meanwhile
        turns.put(table, Turn.after(0, pause));
        Replay.Result result = going ? Replay.Result.DONE : replay.first(writer, store, watermark, table);
        if (result == Replay.Result.DONE) {
            result = replay.all(writer, store, watermark, table);
        }
        reports.changed();
        if (result == Replay.Result.MORE) {
            turns.put(table, new Turn(System.nanoTime(), 0, true));
            more = true;
        } else {
            turns.put(table, Turn.after(tries(store, table), pause));
        }
        look(store);
        return result != Replay.Result.OVERTAKEN;
    }

    private int tries(ErrorStore store, TableLine.Target table) throws WriteFailed {
        return store.first(partition, table, 1).stream()
                .mapToInt(ErrorStore.Stored::tries)
                .sum();
    }

    private boolean carryOut(BatchWriter writer, ErrorStore store, Watermark watermark)
            throws WriteFailed, IOException {
        if (parking.tables().isEmpty()) {
            close();
            return true;
        }
        RepairRequests open = requests == null ? queues.repairs(partition) : requests;
        requests = open;
        long end = System.nanoTime() + COMMANDS_FOR.toNanos();
        while (System.nanoTime() < end) {
            RepairRequests.Request request = open.poll();
            if (request == null) {
                return true;
            }
            LOG.info("partition {}: {}", partition, describe(request.command()));
            boolean asThought = false;
            try {
                asThought = carryOut(writer, store, watermark, request.command());
            } finally {
                if (!asThought) {
                    // comes again
                    close();
                }
            }
            reports.changed();
            if (!asThought) {
                return false;
            }
            open.done(request);
        }
        return true;
    }

    private boolean carryOut(BatchWriter writer, ErrorStore store, Watermark watermark, RepairCommand command)
            throws WriteFailed {
        TableLine.Target table = new TableLine.Target(command.targetSchema(), command.targetTable());
        Watermark at = new Watermark(command.epoch(), command.seq());
        Replay.Result result =
                switch (command.action()) {
                    case RETRY -> retry(writer, store, watermark, table, command);
                    case SKIP ->
                        replay.skip(
                                writer,
                                watermark,
                                store.find(partition, at).stream()
                                        .filter(row -> row.state() == ErrorEntry.State.PARKED)
                                        .map(ErrorStore.Stored::at)
                                        .toList());
                    case SKIP_TO -> replay.skipTo(writer, store, watermark, table, at);
                    case REPLAY ->
                        store.upTo(partition, table, at, 1).isEmpty() || replay(writer, store, watermark, table, false)
                                ? Replay.Result.DONE
                                : Replay.Result.OVERTAKEN;
                };
        look(store);
        return result != Replay.Result.OVERTAKEN;
    }

    private Replay.Result retry(
            BatchWriter writer, ErrorStore store, Watermark watermark, TableLine.Target table, RepairCommand command)
            throws WriteFailed {
        Watermark at = new Watermark(command.epoch(), command.seq());
        Optional<ErrorStore.Stored> wanted =
                store.find(partition, at).filter(row -> row.state() == ErrorEntry.State.PARKED);
        if (wanted.isEmpty()) {
            return Replay.Result.DONE;
        }
        if (command.cells() != null && !command.cells().isEmpty()) {
            try {
                byte[] body = SingleRow.edited(
                        SingleRow.read(partition, at, wanted.get().body()), command.cells());
                store.edited(partition, at, body);
            } catch (IllegalArgumentException e) {
                store.failed(partition, at, String.valueOf(e.getMessage()), null);
                return Replay.Result.DONE;
            }
        }
        List<ErrorStore.Stored> first = store.first(partition, table, 1);
        return first.isEmpty() || !first.get(0).at().equals(at)
                ? Replay.Result.DONE
                : replay.first(writer, store, watermark, table);
    }

    private static String describe(RepairCommand command) {
        return command.user() + " asks to " + command.action() + " " + command.targetSchema() + "."
                + command.targetTable() + ", entry " + command.seq();
    }
}
