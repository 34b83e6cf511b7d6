package dev.sluice.capture.snapshot;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.message.SnapshotLine;
import dev.sluice.change.message.SnapshotLine.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the snapshots of one source about that the configuration wants, on threads of its own, some chunks of each in turn.
 * How far each has come is in the source log, from which the next owner goes on.
 */
public final class Snapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration HELD = Duration.ofMillis(20);
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(2);

    private final String sourceName;
    private final CopySource source;
    private final Lanes lanes;
    private final SnapshotGate gate;
    private final LogSink sink;
    private final Supplier<Configuration> configuration;
    private final ToLongFunction<Snapshot> backlog;
    private final @Nullable RetlBuffer requests;
    private final SnapshotBoard board;
    private final Consumer<Exception> onFailure;
    private final Thread thread;
    private final Map<String, SnapshotRun> runs = new HashMap<>();
    private final Map<String, SnapshotLine> states = new LinkedHashMap<>();
    private volatile boolean stopping;
    /** Whether a chunk is being written, which is better finished. */
    private volatile boolean writing;

    /**
     * Snapshots of a source; nothing happens before {@link #start()}.
     *
     * @param known how far they have come, as the log says
     * @param requests of single rows, made at the source itself; null if none can be made there
     * @param onFailure told of what ends the ownership of the log; called once, on the thread that copies
     */
    public Snapshots(
            String sourceName,
            SourceAddress address,
            SnapshotGate gate,
            LogSink sink,
            List<SnapshotLine> known,
            Supplier<Configuration> configuration,
            ToLongFunction<Snapshot> backlog,
            @Nullable RetlBuffer requests,
            SnapshotBoard board,
            Consumer<Exception> onFailure) {
        this.sourceName = sourceName;
        this.source = new CopySource(address);
        this.lanes = new Lanes(sourceName, address);
        this.gate = gate;
        this.sink = (snapshot, pipelines, rows, lines) -> {
            writing = true;
            try {
                sink.copied(snapshot, pipelines, rows, lines);
            } finally {
                writing = false;
            }
        };
        this.configuration = configuration;
        this.backlog = backlog;
        this.requests = requests;
        this.board = board;
        this.onFailure = onFailure;
        known.forEach(line -> states.put(line.name(), line));
        thread = new Thread(this::run, "snapshots-" + sourceName);
    }

    public Snapshots start() {
        thread.start();
        return this;
    }

    /** Copies no more and waits until nothing is being written. */
    @Override
    public void close() {
        stopping = true;
        boolean interrupted = false;
        long until = System.nanoTime() + WRITE_LIMIT.toNanos();
        while (thread.isAlive()) {
            source.close();
            lanes.disconnect();
            if (!writing || System.nanoTime() > until) {
                thread.interrupt();
            }
            try {
                thread.join(20);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        lanes.close();
        board.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                Duration pause = round();
                if (!pause.isZero()) {
                    Thread.sleep(pause.toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: copying was stopped", sourceName);
        } catch (Exception e) { // the log may hold part of a chunk only: the next owner reads the chunk again
            if (!stopping) {
                onFailure.accept(e);
            }
        } finally {
            runs.values().forEach(SnapshotRun::close);
            source.close();
            lanes.disconnect();
            if (requests != null) {
                requests.close();
            }
        }
    }

    /** A chunk of each snapshot; returns how long to wait before the next round. */
    private Duration round() throws InterruptedException {
        Configuration now = configuration.get();
        List<Snapshot> wanted = new ArrayList<>(now.snapshotsOf(sourceName));
        Snapshot requested = requests == null ? null : requests.snapshot(now);
        if (requested != null) {
            wanted.add(requested);
        }
        List<String> names = wanted.stream().map(Snapshot::name).toList();
        if (states.keySet().retainAll(names)) {
            gate.enterInterruptibly();
            try {
                gate.moved().forget(copy -> !names.contains(copy.snapshot()));
            } finally {
                gate.leave();
            }
        }
        runs.keySet().stream().filter(name -> !names.contains(name)).toList().forEach(this::drop);
        board.keep(names);
        Duration pause = IDLE;
        for (Snapshot snapshot : wanted) {
            Duration own = turn(snapshot, now);
            pause = own.compareTo(pause) < 0 ? own : pause;
        }
        if (requests != null && requested != null) {
            requests.follow(state(requested));
        }
        return pause;
    }

    private Duration turn(Snapshot snapshot, Configuration now) throws InterruptedException {
        SnapshotLine state = state(snapshot);
        if (state.phase() != Phase.RUNNING) {
            board.show(SnapshotStatuses.of(snapshot, state, runs.get(snapshot.name()), null));
            return IDLE;
        }
        SnapshotRun run = runs.get(snapshot.name());
        if (run == null || !run.snapshot().equals(snapshot)) {
            drop(snapshot.name());
            LOG.info("{}: snapshot {} is to be {}", sourceName, snapshot.name(), snapshot.state());
            run = new SnapshotRun(source, lanes, gate, new Throttle(backlog), snapshot, state);
        }
        try {
            String note = advance(run, snapshot, now);
            board.show(SnapshotStatuses.of(snapshot, state(snapshot), run, note == null ? run.remark() : note));
            return snapshot.state() != Snapshot.DesiredState.RUNNING ? IDLE : note == null ? Duration.ZERO : HELD;
        } catch (CannotCopy e) {
            board.show(SnapshotStatuses.of(snapshot, state, run, e.getMessage()));
            LOG.error("{}: snapshot {} waits: {}", sourceName, snapshot.name(), e.getMessage());
        } catch (IOException e) {
            source.close();
            lanes.disconnect();
            board.show(SnapshotStatuses.of(snapshot, state, run, e.getMessage()));
            LOG.warn("{}: snapshot {}: {}; trying again", sourceName, snapshot.name(), e.getMessage());
        }
        drop(snapshot.name());
        Thread.sleep(AFTER_ERROR.toMillis());
        return IDLE;
    }

    private void drop(String name) {
        SnapshotRun run = runs.remove(name);
        if (run != null) {
            run.close();
        }
    }

    private @Nullable String advance(SnapshotRun run, Snapshot snapshot, Configuration now)
            throws IOException, InterruptedException {
        boolean fresh = runs.put(snapshot.name(), run) != run;
        switch (snapshot.state()) {
            case PAUSED -> {
                return null;
            }
            case CANCELLED -> {
                run.ended(Phase.CANCELLED);
                run.note(sink, this::with);
                LOG.info(
                        "{}: snapshot {} is cancelled after {} rows",
                        sourceName,
                        snapshot.name(),
                        run.state().rows());
                return null;
            }
            case RUNNING -> {
                if (fresh) {
                    run.plan(now);
                }
                String held = run.held();
                if (held != null) {
                    return held;
                }
                long before = run.state().rows();
                String note = run.step(sink, this::with);
                if (note == null) {
                    board.read(run.state().rows() - before);
                }
                return note;
            }
        }
        return null;
    }

    private SnapshotLine state(Snapshot snapshot) {
        SnapshotLine known = states.get(snapshot.name());
        return known != null && known.created().equals(snapshot.created())
                ? known
                : SnapshotLine.begun(snapshot.name(), snapshot.created());
    }

    private List<SnapshotLine> with(SnapshotLine next) {
        states.put(next.name(), next);
        return List.copyOf(states.values());
    }
}
