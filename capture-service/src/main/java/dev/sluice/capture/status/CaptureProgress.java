package dev.sluice.capture.status;

import dev.sluice.capture.encode.Message;
import dev.sluice.capture.publish.LogPublisher;
import dev.sluice.capture.snapshot.SnapshotBoard;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.change.schema.TableVersion;
import dev.sluice.change.schema.VersionPlace;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.CapturedServer;
import dev.sluice.change.status.PurgeForecast;
import dev.sluice.change.status.State;
import dev.sluice.change.status.StoppedTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How far the capture of one source has come and how it fares. Thread-safe. */
public final class CaptureProgress {
    /** How long something may be wrong before health says so. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private final String source;
    private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();
    private final SnapshotBoard snapshots = new SnapshotBoard();

    private State state = State.STANDBY;
    private @Nullable String error;
    private long stateSince = System.nanoTime();
    private @Nullable LogPublisher log;
    private long epoch;
    private long seq;
    private long published;
    private @Nullable TransactionLine place;
    private @Nullable CapturedServer server;
    private @Nullable PurgeForecast forecast;
    private List<StoppedTable> stopped = List.of();
    private long confirmedSince = System.nanoTime();
    private boolean caughtUp;
    private @Nullable Duration heartbeat;
    private final Map<String, String> notices = new TreeMap<>();
    private long delayMicros;
    private long readMicros;
    private long entries;
    private long entriesBefore;
    private long bytes;
    private long bytesBefore;
    private long messages;
    private long passedOver;
    private long bytesPassedOver;

    public CaptureProgress(String source) {
        this.source = source;
    }

    public String source() {
        return source;
    }

    /** How its snapshots fare. */
    public SnapshotBoard snapshots() {
        return snapshots;
    }

    public synchronized void standby() {
        become(State.STANDBY, null);
        log = null;
    }

    public synchronized void takingOver() {
        become(State.STARTING, null);
        entriesBefore = entries;
        bytesBefore = bytes;
        inFlight.clear();
        log = null;
    }

    /**
     * The log is claimed and its end found.
     *
     * @param heartbeatPeriod how often a row is written at the source; null for never
     */
    public synchronized void running(
            LogPublisher publisher, long after, @Nullable TransactionLine resume, @Nullable Duration heartbeatPeriod) {
        become(State.RUNNING, null);
        log = publisher;
        epoch = publisher.epoch();
        seq = after;
        published = after;
        place = resume;
        confirmedSince = System.nanoTime();
        caughtUp = false;
        heartbeat = heartbeatPeriod;
        delayMicros = 0;
        notices.clear();
    }

    /** What people should know of something beside the reading; null if that is over. */
    public synchronized void tell(String about, @Nullable String what) {
        if (what == null) {
            notices.remove(about);
        } else {
            notices.put(about, what);
        }
    }

    /** Which server is read, and what people should know of it. */
    public synchronized void reads(CapturedServer that) {
        server = that;
        forecast = null;
    }

    /** Of which tables rows are left out, because what their columns are is not known. */
    public synchronized void leavesOut(List<TableVersion> tables) {
        stopped = tables.stream()
                .map(table -> new StoppedTable(
                        table.schema(), table.table(), String.valueOf(table.reason()), place(table.place())))
                .toList();
    }

    private static String place(VersionPlace place) {
        return place.file() + ":" + place.offset();
    }

    public synchronized void forecast(PurgeForecast now) {
        forecast = now;
    }

    /** Place of the last entry that the broker has confirmed. */
    public synchronized @Nullable TransactionLine place() {
        follow();
        return place;
    }

    public synchronized void failed(State how, String why) {
        become(how, why);
        log = null;
    }

    public synchronized void published(Message message) {
        entries += message.entries();
        bytes += message.body().length;
        messages++;
        published = message.lastSeq();
        inFlight.add(new InFlight(message.lastSeq(), message.place()));
        follow();
    }

    /** A rows event was left out without being decoded. */
    public synchronized void passedOver(int eventBytes) {
        passedOver++;
        bytesPassedOver += eventBytes;
    }

    /** The source was heard of; {@code idle} if it has nothing more to say now. */
    public synchronized void heard(boolean idle) {
        readMicros = nowMicros();
        caughtUp = idle;
    }

    public synchronized CaptureStatus status() {
        follow();
        TransactionLine at = place;
        return new CaptureStatus(
                source,
                state,
                epoch,
                seq,
                entries - entriesBefore,
                bytes - bytesBefore,
                at == null ? null : at.file(),
                at == null ? 0 : at.offset(),
                at == null ? null : at.gtid(),
                at == null ? 0 : at.time(),
                readMicros,
                error,
                snapshots.status(),
                serverNow(),
                stopped.isEmpty() ? null : stopped);
    }

    private @Nullable CapturedServer serverNow() {
        CapturedServer read = server;
        TransactionLine at = place;
        return read == null
                ? null
                : new CapturedServer(
                        read.address(),
                        read.id(),
                        read.primary(),
                        at == null ? null : at.executed(),
                        notice(read.notice()),
                        forecastNow());
    }

    private @Nullable String notice(@Nullable String ofServer) {
        List<String> all = new ArrayList<>(notices.values());
        if (ofServer != null) {
            all.add(0, ofServer);
        }
        return all.isEmpty() ? null : String.join("; ", all);
    }

    /** While nothing is read, the server's limit comes nearer by a second each second. */
    private @Nullable PurgeForecast forecastNow() {
        PurgeForecast last = forecast;
        TransactionLine at = place;
        boolean stuck = state == State.FAILED || state == State.RETRYING;
        if (last == null || !stuck || last.keptSeconds() == 0 || at == null || at.time() == 0) {
            return last;
        }
        long left = last.keptSeconds() - (nowMicros() - at.time()) / 1_000_000;
        return new PurgeForecast(last.oldestFile(), last.keptSeconds(), last.behindBytes(), Math.max(0, left));
    }

    /** Seconds until the source deletes what was not read yet; NaN if it will not. */
    synchronized double purgeSeconds() {
        PurgeForecast now = forecastNow();
        return now == null || now.secondsLeft() == null ? Double.NaN : now.secondsLeft();
    }

    /** Whether this capture has ever claimed its log. */
    public synchronized boolean captured() {
        return epoch > 0;
    }

    /** Whether this instance holds the source's lock. */
    public synchronized boolean owned() {
        return state == State.STARTING || state == State.RUNNING;
    }

    /** What is wrong, if it has been so for longer than a moment. */
    public synchronized Optional<String> problem() {
        follow();
        return switch (state) {
            case FAILED -> Optional.of(String.valueOf(error));
            case RETRYING -> lasts(stateSince, GRACE) ? Optional.of(String.valueOf(error)) : Optional.empty();
            case STARTING ->
                lasts(stateSince, GRACE.multipliedBy(2)) ? Optional.of("is still taking over") : Optional.empty();
            case RUNNING -> publishProblem();
            default -> Optional.empty();
        };
    }

    private Optional<String> publishProblem() {
        LogPublisher publisher = log;
        if (publisher != null && publisher.blocked()) {
            return Optional.of("the broker takes no messages: it has a memory or disk alarm");
        }
        return lasts(confirmedSince, GRACE) && published > seq
                ? Optional.of("the broker has confirmed nothing for "
                        + since(confirmedSince).toSeconds() + " s")
                : Optional.empty();
    }

    /** How long messages have waited for a confirm that never came; zero while the broker says that it is blocked. */
    public synchronized Duration stalled() {
        follow();
        LogPublisher publisher = log;
        if (publisher == null || publisher.blocked()) {
            confirmedSince = System.nanoTime();
        }
        return state == State.RUNNING && published > seq ? since(confirmedSince) : Duration.ZERO;
    }

    synchronized long entries() {
        return entries;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long messages() {
        return messages;
    }

    synchronized long passedOver() {
        return passedOver;
    }

    synchronized long bytesPassedOver() {
        return bytesPassedOver;
    }

    synchronized long unconfirmed() {
        follow();
        return Math.max(0, published - seq);
    }

    /**
     * Age of the last confirmed commit while there is more to come, in seconds. An idle source has no lag as far as anyone
     * can tell; with heartbeat rows it is that of the last one, and grows when the next is overdue.
     */
    synchronized double lagSeconds() {
        follow();
        TransactionLine at = place;
        if (at == null || at.time() == 0) {
            return 0;
        }
        long age = Math.max(0, nowMicros() - at.time());
        if (!caughtUp || published != seq) {
            return age / 1e6;
        }
        Duration period = heartbeat;
        return period == null ? 0 : Math.max(delayMicros, age - period.toNanos() / 1_000) / 1e6;
    }

    private void become(State next, @Nullable String why) {
        if (next != state) {
            stateSince = System.nanoTime();
        }
        state = next;
        error = why;
    }

    /** Takes up what the publisher has had confirmed. */
    private void follow() {
        LogPublisher publisher = log;
        if (publisher == null) {
            return;
        }
        long confirmed = publisher.confirmed();
        if (confirmed > seq || published == seq) {
            confirmedSince = System.nanoTime();
            seq = Math.max(seq, confirmed);
        }
        for (InFlight next = inFlight.peek(); next != null && next.lastSeq <= confirmed; next = inFlight.peek()) {
            place = next.place;
            delayMicros = Math.max(0, nowMicros() - next.place.time());
            inFlight.remove();
        }
    }

    private static boolean lasts(long since, Duration limit) {
        return since(since).compareTo(limit) > 0;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private record InFlight(long lastSeq, TransactionLine place) {}
}
