package dev.sluice.dispatch;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.broker.Backoff;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.PublishFailed;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.HeldStatement;
import dev.sluice.change.status.State;
import dev.sluice.dispatch.ddl.StatementHeld;
import dev.sluice.dispatch.publish.Ownership;
import dev.sluice.dispatch.state.DispatchState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one pipeline: waits to own it, runs it, and after an error backs off and takes it up again from its
 * state, or stops if only a person can help.
 */
final class DispatchWorker {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchWorker.class);

    private static final Duration LOCK_PERIOD = Duration.ofSeconds(1);
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(15);
    private static final int CLOSE_MILLIS = 2_000;

    private final String name;
    private final BrokerConnections connections;
    private final String instance;
    private final TakeTurns turns;
    private final Thread thread;
    private final Progress progress = new Progress();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private volatile Assignment newest;
    private volatile boolean stopping;
    private volatile State state = State.STANDBY;
    private volatile @Nullable String error;
    private volatile @Nullable HeldStatement held;
    private volatile long versionInEffect;

    DispatchWorker(Assignment assignment, BrokerConnections connections, String instance, TakeTurns turns) {
        this.name = assignment.pipeline().name();
        this.newest = assignment;
        this.connections = connections;
        this.instance = instance;
        this.turns = turns;
        thread = new Thread(this::run, "dispatch-" + name);
    }

    void start() {
        thread.start();
    }

    /** Hands over what a newer configuration says. */
    void assign(Assignment assignment) {
        newest = assignment;
        wake();
    }

    /** Asks to drain and end; {@link #join} waits for it. */
    void stop() {
        stopping = true;
        wake();
    }

    void join(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
        if (thread.isAlive()) {
            LOG.warn(
                    "pipeline {}: did not drain within {} s; the next owner sends the rest",
                    name,
                    patience.toSeconds());
            thread.interrupt();
        }
    }

    String name() {
        return name;
    }

    State state() {
        return state;
    }

    @Nullable
    String error() {
        return error;
    }

    Progress progress() {
        return progress;
    }

    DispatchStatus status() {
        DispatchState noted = progress.noted();
        return new DispatchStatus(
                name,
                state,
                versionInEffect,
                newest.pipeline().generation(),
                noted == null ? 0 : noted.sourceEpoch(),
                noted == null ? 0 : noted.sourceSeq(),
                progress.read.sum(),
                progress.dispatched.sum(),
                noted == null ? 0 : noted.epoch(),
                noted == null ? List.of() : noted.partitionSeqs(),
                progress.commitMicros(),
                error,
                Replays.status(noted, progress),
                held);
    }

    private void run() {
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
        try {
            while (!stopping) {
                if (desired() == Pipeline.DesiredState.STOPPED) {
                    become(State.STOPPED, null);
                    await(Duration.ofSeconds(1));
                    continue;
                }
                try (Ownership ownership = Ownership.connect(connections, instance, name)) {
                    if (take(ownership)) {
                        own(ownership, backoff);
                    }
                } catch (IOException | PublishFailed | ShutdownSignalException e) {
                    Duration pause = backoff.next();
                    String why = Failures.reason(e);
                    LOG.warn("pipeline {}: {}; taking it up again in {} ms", name, why, pause.toMillis());
                    become(State.RETRYING, why);
                    await(pause);
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("pipeline {}: interrupted", name);
        }
        become(State.STOPPED, null);
    }

    /** Waits until this instance owns the pipeline; false if it is no longer to. */
    private boolean take(Ownership ownership) throws IOException, InterruptedException {
        while (!stopping && desired() != Pipeline.DesiredState.STOPPED) {
            if (turns.take(ownership::tryTake)) {
                return true;
            }
            become(State.STANDBY, null);
            await(LOCK_PERIOD.plusMillis(ThreadLocalRandom.current().nextLong(200)));
            if (!ownership.isOpen()) {
                throw new IOException("connection lost");
            }
        }
        return false;
    }

    private void own(Ownership ownership, Backoff backoff) throws IOException, InterruptedException {
        LOG.info("pipeline {}: owned by this instance", name);
        become(State.STARTING, null);
        Connection reading = connections.open(instance + " read " + name);
        try {
            while (!leaving(ownership)) {
                long tried = newest.version();
                try {
                    dispatch(ownership, reading, backoff);
                } catch (IOException | PublishFailed | ShutdownSignalException e) {
                    throw e;
                } catch (StatementHeld e) {
                    LOG.warn("pipeline {}: {}", name, e.getMessage());
                    become(State.SUSPENDED, e.getMessage());
                    held = e.statement();
                    awaitOther(ownership, tried);
                } catch (RuntimeException e) {
                    fail(e);
                    awaitOther(ownership, tried);
                }
            }
        } finally {
            reading.abort(CLOSE_MILLIS);
        }
        LOG.info("pipeline {}: no longer owned by this instance", name);
    }

    /** Waits for another configuration than the one that was tried. */
    private void awaitOther(Ownership ownership, long tried) throws IOException, InterruptedException {
        while (!leaving(ownership) && newest.version() == tried) {
            await(Duration.ofSeconds(1));
        }
    }

    private void dispatch(Ownership ownership, Connection reading, Backoff backoff)
            throws IOException, InterruptedException {
        awaitSourceLog(ownership);
        if (leaving(ownership)) {
            return;
        }
        try (DispatchRun run = DispatchRun.open(ownership, reading, newest, progress)) {
            backoff.succeeded();
            try {
                loop(ownership, run);
            } catch (PublishFailed | ShutdownSignalException e) {
                throw e;
            } catch (RuntimeException e) {
                run.drainBeforeObstacle(DRAIN_PATIENCE);
                throw e;
            }
        }
    }

    private void loop(Ownership ownership, DispatchRun run) throws IOException, InterruptedException {
        boolean paused = false;
        while (!leaving(ownership)) {
            run.follow(newest);
            versionInEffect = run.version();
            if (desired() == Pipeline.DesiredState.PAUSED) {
                if (!paused) {
                    paused = run.drain(DRAIN_PATIENCE);
                    LOG.info("pipeline {}: paused", name);
                }
                become(State.PAUSED, run.complaint());
                await(Duration.ofSeconds(1));
                continue;
            }
            if (paused) {
                paused = false;
                LOG.info("pipeline {}: goes on", name);
            }
            become(State.RUNNING, run.complaint());
            run.step();
        }
        run.drain(DRAIN_PATIENCE);
    }

    private void awaitSourceLog(Ownership ownership) throws IOException, InterruptedException {
        while (!leaving(ownership)
                && !ownership.sourceLogExists(newest.pipeline().source())) {
            become(
                    State.STARTING,
                    "waiting for the source log of " + newest.pipeline().source() + ", which its capture makes");
            await(Duration.ofSeconds(1));
        }
    }

    private void fail(RuntimeException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (Failures.expected(e)) {
            LOG.error("pipeline {}: stopped: {}", name, message);
        } else {
            LOG.error("pipeline {}: stopped by an error in the dispatcher", name, e);
        }
        become(State.FAILED, message);
    }

    /** Whether it is time to leave the pipeline; fails if the ownership is lost. */
    private boolean leaving(Ownership ownership) throws IOException {
        if (stopping || desired() == Pipeline.DesiredState.STOPPED) {
            return true;
        }
        if (!ownership.isOpen()) {
            throw new IOException("connection lost");
        }
        return false;
    }

    private Pipeline.DesiredState desired() {
        return newest.pipeline().state();
    }

    private void become(State now, @Nullable String why) {
        state = now;
        error = why;
        held = null;
    }

    private void await(Duration time) throws InterruptedException {
        lock.lock();
        try {
            if (!stopping) {
                changed.await(time.toNanos(), TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
