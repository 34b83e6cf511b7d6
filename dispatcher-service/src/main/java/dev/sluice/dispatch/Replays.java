package dev.sluice.dispatch;

import com.rabbitmq.client.Connection;
import dev.sluice.change.config.Replay;
import dev.sluice.change.status.ReplayStatus;
import dev.sluice.dispatch.intake.LogBegin;
import dev.sluice.dispatch.intake.SourceLog;
import dev.sluice.dispatch.partition.ReplayGate;
import dev.sluice.dispatch.state.DispatchState;
import dev.sluice.dispatch.state.ReplayStretch;
import dev.sluice.dispatch.state.StateStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The wishes of a pipeline to send a stretch of its source log again: which one is fulfilled, and from where the next has
 * to be read. Not thread-safe.
 */
final class Replays {
    /** So much may the clocks of source and dispatcher differ; what is read too early is passed over. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private @Nullable ReplayStretch last;
    private @Nullable ReplayGate gate;

    /** Goes on from a state; one that is older than the last wish does not fulfil it again. */
    void at(@Nullable ReplayStretch stretch) {
        last = last == null ? stretch : last.from(stretch);
        gate = last == null || last.until() == 0
                ? null
                : new ReplayGate(last.wish(), last.until(), Boolean.TRUE.equals(last.keysOnly()));
    }

    /** The last that was taken up; null if none was. */
    @Nullable
    ReplayStretch last() {
        return last;
    }

    /** What passes of the stretch under way; null if none is. */
    @Nullable
    ReplayGate gate() {
        return gate;
    }

    /** The wish to take up, given the last entry that was dispatched: one stretch must be done before the next begins. */
    Optional<Replay> next(@Nullable Replay wish, long seq) {
        boolean other =
                wish != null && (last == null || wish.generation() > last.wish().generation());
        return other && (gate == null || gate.behind(seq + 1)) ? Optional.ofNullable(wish) : Optional.empty();
    }

    /**
     * The state from which a wish is fulfilled up to the present place; empty, and noted as refused, if that cannot be.
     *
     * @param now the present place
     */
    Optional<DispatchState> begin(
            Replay wish, Connection states, Connection reading, String pipeline, DispatchState now, boolean keysOnly)
            throws IOException, InterruptedException {
        LogBegin log = SourceLog.begin(reading, now.source());
        Optional<String> refusal =
                log == null ? Optional.of("the source log is empty") : refusal(wish, log, now.sourceSeq());
        if (log == null || refusal.isPresent()) {
            at(ReplayStretch.refused(wish, refusal.orElseThrow()));
            return Optional.empty();
        }
        DispatchState place = StateStream.latest(states, pipeline, before(wish))
                .filter(state -> state.sourceSeq() + 1 >= log.entry())
                .orElse(Resume.beforeEntry(now.source(), log.entry(), now.configVersion(), now.partitions()));
        return Optional.of(Resume.renumbered(place, now)
                .with(new ReplayStretch(wish, place.sourceSeq() + 1, now.sourceSeq(), null, keysOnly)));
    }

    /** How far it has come; null if there was none. */
    static @Nullable ReplayStatus status(@Nullable DispatchState noted, Progress progress) {
        if (noted == null || noted.replay() == null) {
            return null;
        }
        ReplayStretch stretch = noted.replay();
        List<String> leftOut = progress.leftOut();
        return new ReplayStatus(
                stretch.wish().generation(),
                stretch.from(),
                stretch.until(),
                Math.min(noted.sourceSeq(), stretch.until()),
                progress.replayed.sum(),
                stretch.refusal() != null || leftOut.isEmpty() ? null : leftOut,
                stretch.refusal());
    }

    private static Optional<String> refusal(Replay wish, LogBegin log, long seq) {
        Long entry = wish.entry();
        Instant time = wish.time();
        if (entry != null && entry > seq) {
            return Optional.of("entry " + entry + " was not sent yet, the last is " + seq);
        }
        boolean reaches = log.entry() <= 1
                || (entry != null ? entry >= log.entry() : time != null && micros(time) >= log.commitMicros());
        return reaches
                ? Optional.empty()
                : Optional.of("the source log does not reach back so far: it begins at entry " + log.entry()
                        + (log.commitMicros() == 0
                                ? ""
                                : ", committed " + Instant.EPOCH.plus(log.commitMicros(), ChronoUnit.MICROS))
                        + "; ask for a later entry or time, or snapshot the tables");
    }

    /** Whatever is dispatched by the time a state is written was committed before. */
    private static Predicate<DispatchState> before(Replay wish) {
        Long entry = wish.entry();
        Instant time = wish.time();
        return state -> state.open() == null
                && (time == null
                        ? entry != null && state.sourceSeq() < entry
                        : state.time() > 0 && state.time() < micros(time.minus(CLOCKS)));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
