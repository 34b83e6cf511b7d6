package dev.sluice.dispatch;

import com.rabbitmq.client.Connection;
import dev.sluice.broker.PublishFailed;
import dev.sluice.change.config.Replay;
import dev.sluice.dispatch.intake.PlaceLost;
import dev.sluice.dispatch.intake.RewindRequest;
import dev.sluice.dispatch.intake.RewindRequests;
import dev.sluice.dispatch.intake.SourceLog;
import dev.sluice.dispatch.intake.SourceMessage;
import dev.sluice.dispatch.publish.Ownership;
import dev.sluice.dispatch.publish.PartitionPublisher;
import dev.sluice.dispatch.publish.PartitionQueues;
import dev.sluice.dispatch.state.Checkpoints;
import dev.sluice.dispatch.state.DispatchState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ownership of a pipeline: takes it up from its state, dispatches, notes places, changes mappings at a boundary, the
 * number of partitions once the target has all that was sent, goes back when a sink or a person asks. Long because each of
 * these changes the same place in the log and numbers of the partitions. Not thread-safe.
 */
final class DispatchRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchRun.class);

    private static final Duration IDLE_WAIT = Duration.ofMillis(100);
    private static final Duration CONFIRM_WAIT = Duration.ofMillis(5);
    private static final Duration CONFIRM_PATIENCE = Duration.ofSeconds(60);
    /** How often a place is noted that moved without entries. */
    private static final Duration POSITION_PERIOD = Duration.ofSeconds(10);

    private final String name;
    private final Ownership ownership;
    private final Connection reading;
    private final Progress progress;
    private final PartitionPublisher publisher;
    private final Checkpoints checkpoints;
    private final RewindRequests requests;
    private final Replays replays = new Replays();
    private final ServedRequests served = new ServedRequests();
    private int partitions;
    private final TargetWait wait;

    private Assignment inEffect;
    private long epoch;
    private Deque<DispatchState.Boundary> ahead;
    /** Last entry that this run sent before it went back. */
    private long sentUpTo;
    /** Last entry that an earlier owner may have sent; 0 once that is behind. */
    private long sentBefore;

    private @Nullable String probe;
    private DispatchPipeline pipeline;

    private DispatchRun(Ownership ownership, Connection reading, Resume resume, Progress progress)
            throws IOException, InterruptedException {
        this.ownership = ownership;
        this.reading = reading;
        this.progress = progress;
        inEffect = resume.assignment();
        name = inEffect.pipeline().name();
        DispatchState state = resume.state();
        partitions = state.partitions();
        epoch = state.epoch();
        ahead = new ArrayDeque<>(state.ahead());
        sentBefore = resume.sentUpTo();
        publisher = new PartitionPublisher(ownership, name, queues(inEffect));
        checkpoints = new Checkpoints(publisher, state);
        requests = new RewindRequests(reading, name);
        wait = new TargetWait(reading, name);
        pipeline = pipeline(state);
        settle(state(false));
        if (sentBefore > 0) {
            // whatever an earlier owner sent, it had read from before the log's present end
            probe = publisher.publishProbe(state.source());
            pipeline.log().expectProbe(probe);
        }
        LOG.info(
                "pipeline {}: dispatching from entry {} of {} with configuration {}, partition epoch {}",
                name,
                state.sourceSeq() + 1,
                state.source(),
                inEffect.version(),
                epoch);
    }

    /** Takes up a pipeline that this instance has just come to own. */
    static DispatchRun open(Ownership ownership, Connection reading, Assignment newest, Progress progress)
            throws IOException, InterruptedException {
        return new DispatchRun(ownership, reading, Resume.of(ownership.connection(), newest), progress);
    }

    /** Version of the configuration in effect. */
    long version() {
        return inEffect.version();
    }

    /** What an operator should know although rows flow; null if nothing. */
    @Nullable
    String complaint() {
        String waiting = wait.reason();
        return waiting != null ? waiting : pipeline.log().problem();
    }

    /** Takes a newer configuration into effect if what was numbered by the older one is behind. */
    void follow(Assignment newest) throws IOException, InterruptedException {
        int wanted = newest.pipeline().partitions();
        Optional<Replay> wish = replays.next(newest.pipeline().replay(), pipeline.seq());
        if (wanted == partitions && wish.isEmpty()) {
            wait.close();
        }
        if (!nothingSentBeyond()) {
            wait.release();
            return;
        }
        if (newest.version() != inEffect.version()) {
            if (!newest.pipeline().source().equals(inEffect.pipeline().source())) {
                throw new PlaceLost("pipeline " + name + " is dispatched from source "
                        + inEffect.pipeline().source() + " and cannot go over to source "
                        + newest.pipeline().source());
            }
            takeEffect(newest);
            LOG.info("pipeline {}: configuration {} in effect behind entry {}", name, newest.version(), pipeline.seq());
        }
        if (wanted != partitions) {
            if (targetHasAll(TargetWait.Purpose.otherPartitions(partitions, wanted))) {
                repartition(wanted);
            }
        } else if (wish.isPresent() && targetHasAll(TargetWait.Purpose.REPLAY)) {
            replay(wish.get());
        }
    }

    /** Holds what is to be sent, once only time is needed, until the target has what was sent. */
    private boolean targetHasAll(TargetWait.Purpose purpose) throws IOException, InterruptedException {
        if (pipeline.openTransaction() != null) {
            wait.release(); // the target has none of it before its end
            return false;
        }
        boolean held = wait.holds();
        boolean over = wait.over(purpose, epoch, pipeline.partitionSeqs());
        if (wait.holds() && !held) {
            pipeline.flush();
            settle(state(false));
        }
        return over;
    }

    /** Nothing is sent under the new numbers before the state says that they hold. */
    private void repartition(int wanted) throws IOException, InterruptedException {
        wait.close();
        partitions = wanted;
        epoch++;
        publisher.switchTo(queues(inEffect));
        pipeline.renumber(inEffect, epoch, partitions);
        settle(state(false));
        LOG.info("pipeline {}: {} partitions behind entry {}, epoch {}", name, partitions, pipeline.seq(), epoch);
    }

    /** Goes back; what is sent again comes under a higher epoch, behind all that the target has. */
    private void replay(Replay wish) throws IOException, InterruptedException {
        wait.close();
        Optional<DispatchState> back = replays.begin(
                wish,
                ownership.connection(),
                reading,
                name,
                state(false),
                inEffect.target().capture() != null);
        if (back.isEmpty()) {
            LOG.warn("pipeline {}: nothing is sent again: {}", name, replays.last());
            settle(state(false));
            return;
        }
        LOG.info("pipeline {}: sending again {}", name, back.get().replay());
        epoch = back.get().epoch();
        sentUpTo = 0;
        progress.leftOut(List.of());
        pipeline.log().close();
        pipeline = pipeline(back.get());
        settle(state(false));
    }

    /** Dispatches the next message if one comes soon, and notes what is confirmed. */
    void step() throws IOException, InterruptedException {
        publisher.check();
        RewindRequest request = requests.poll();
        if (request != null) {
            answer(request);
        }
        if (wait.holds()) {
            Thread.sleep(IDLE_WAIT.toMillis());
            progress.atEnd(false);
            checkpoint();
            return;
        }
        SourceMessage message = pipeline.next(checkpoints.pending() ? CONFIRM_WAIT : IDLE_WAIT);
        if (message != null) {
            dispatch(message);
        }
        boolean idle = pipeline.idle();
        if (idle) {
            pipeline.flush();
        }
        progress.atEnd(idle);
        checkpoint();
    }

    /**
     * Sends and notes everything that was begun.
     *
     * @return false if the broker did not confirm in time
     */
    boolean drain(Duration patience) throws IOException, InterruptedException {
        pipeline.flush();
        boolean drained = checkpoints.settle(state(nothingSentBeyond()), patience);
        progress.noted(checkpoints.noted());
        return drained;
    }

    /** Drains before an entry that cannot be dispatched; an earlier owner cannot have passed it either. */
    void drainBeforeObstacle(Duration patience) throws IOException, InterruptedException {
        sentBefore = 0;
        probe = null;
        drain(patience);
    }

    @Override
    public void close() {
        wait.close();
        requests.close();
        pipeline.log().close();
        publisher.close();
    }

    private void dispatch(SourceMessage message) throws IOException, InterruptedException {
        long from = message.first();
        do {
            DispatchState.Boundary boundary = ahead.peek();
            long to = boundary == null ? message.last() : Math.min(message.last(), boundary.after());
            pipeline.dispatch(message, from, to);
            passBoundary();
            from = to + 1;
        } while (from <= message.last());
    }

    /** After going back: a version takes effect once more where it did before. */
    private void passBoundary() throws IOException, InterruptedException {
        DispatchState.Boundary boundary = ahead.peek();
        if (boundary == null || pipeline.seq() < boundary.after()) {
            return;
        }
        ahead.remove();
        takeEffect(older(boundary.configVersion()));
    }

    private Assignment older(long version) throws IOException, InterruptedException {
        Optional<Assignment> found = Resume.inEffect(ownership.connection(), version, name);
        return found.orElseThrow(
                () -> new PlaceLost("pipeline " + name + " has to send entries again that were mapped by"
                        + " configuration " + version + ", which is no longer in the configuration stream"));
    }

    private void takeEffect(Assignment next) throws IOException, InterruptedException {
        pipeline.flush();
        Assignment before = inEffect;
        inEffect = next;
        settle(state(false));
        if (before.target().kind() != next.target().kind()) {
            publisher.switchTo(queues(next));
        }
        pipeline.remap(next);
    }

    private void checkpoint() throws IOException, InterruptedException {
        checkpoints.advance();
        DispatchState noted = checkpoints.noted();
        progress.noted(noted);
        if (pipeline.seq() - noted.sourceSeq() > Resume.MOST_BEYOND_STATE / 4) {
            pipeline.flush();
            settle(state(false));
        } else if (checkpoints.due() && moved(noted)) {
            pipeline.flush();
            checkpoints.propose(state(false));
        }
    }

    private boolean moved(DispatchState noted) {
        return pipeline.seq() != noted.sourceSeq()
                || (pipeline.offset() != noted.offset() && now() - noted.time() > POSITION_PERIOD.toNanos() / 1000);
    }

    private void answer(RewindRequest request) throws IOException, InterruptedException {
        if (served.lately(request)) {
            return;
        }
        if (request.partition() < 0
                || request.epoch() > epoch
                || (request.epoch() == epoch
                        && (request.partition() >= partitions
                                || request.seq() >= pipeline.partitionSeqs().get(request.partition())))) {
            LOG.warn("pipeline {}: {} asks for what was not sent yet; passing over it", name, request);
            return;
        }
        rewind(request);
        served.add(request);
    }

    private void rewind(RewindRequest request) throws IOException, InterruptedException {
        wait.close();
        pipeline.flush();
        settle(state(false));
        long sent = Math.max(sentUpTo, pipeline.seq());
        DispatchState back = Resume.before(request, ownership.connection(), reading, state(false), name);
        if (back.configVersion() != inEffect.version()) {
            inEffect = older(back.configVersion());
        }
        LOG.info("pipeline {}: {}; going back from entry {} to {}", name, request, pipeline.seq(), back.sourceSeq());
        boolean renumbered = back.epoch() != epoch;
        epoch = back.epoch();
        ahead = new ArrayDeque<>(back.ahead());
        sentUpTo = renumbered ? 0 : sent;
        if (renumbered) {
            sentBefore = 0;
            probe = null;
        }
        pipeline.log().close();
        pipeline = pipeline(back);
        if (probe != null) {
            pipeline.log().expectProbe(probe);
        }
        settle(state(false));
        progress.rewinds.increment();
    }

    private DispatchPipeline pipeline(DispatchState state) throws IOException, InterruptedException {
        SourceLog log = SourceLog.open(reading, state.source(), state.place());
        replays.at(state.replay());
        return new DispatchPipeline(
                log,
                inEffect,
                publisher,
                state.place(),
                epoch,
                state.partitionSeqs(),
                state.open(),
                replays.gate(),
                progress);
    }

    private PartitionQueues queues(Assignment assignment) {
        return PartitionQueues.of(name, assignment.target().kind(), partitions);
    }

    /** Whether no entry behind the present place was ever sent. */
    private boolean nothingSentBeyond() {
        if (pipeline.log().probeSeen() || pipeline.seq() >= sentBefore) {
            probe = null;
            sentBefore = 0;
        }
        return sentBefore == 0 && ahead.isEmpty() && pipeline.seq() >= sentUpTo;
    }

    private void settle(DispatchState state) throws IOException, InterruptedException {
        if (!checkpoints.settle(state, CONFIRM_PATIENCE)) {
            throw new PublishFailed("the broker did not confirm within " + CONFIRM_PATIENCE.toSeconds() + " s"
                    + (publisher.blocked() ? "; it is short of memory or disk" : ""));
        }
        progress.noted(checkpoints.noted());
    }

    private DispatchState state(boolean drained) {
        var place = pipeline.place();
        return new DispatchState(
                inEffect.pipeline().source(),
                place.epoch(),
                place.seq(),
                place.offset(),
                place.transaction(),
                inEffect.version(),
                epoch,
                partitions,
                pipeline.partitionSeqs(),
                drained,
                Math.max(sentUpTo, sentBefore),
                List.copyOf(ahead),
                now(),
                pipeline.openTransaction(),
                replays.last());
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
