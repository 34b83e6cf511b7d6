package dev.sluice.capture.reading;

import dev.sluice.binlog.BinlogPosition;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.GtidPosition;
import dev.sluice.binlog.TransactionStart;
import dev.sluice.capture.takeover.LogEnd;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.CaptureSettings.StartPosition;
import dev.sluice.change.config.PositionReset;
import dev.sluice.change.message.Claim;
import dev.sluice.change.message.TransactionLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where reading goes on: at the transaction of the log's last entry, by file and offset on the server that it came from
 * and by GTID on another; or where a person wants it. Checks that the transaction found there is that one, and that it
 * holds the entries that the log has of it.
 */
public final class ResumePoint {
    private static final Logger LOG = LoggerFactory.getLogger(ResumePoint.class);

    /** How much is read again where only times tell the place on another server. */
    private static final Duration OVERLAP = Duration.ofSeconds(60);

    private final BinlogPosition position;
    private final TransactionLine line;
    private final long logged;
    private final Claim.@Nullable Jump jump;
    private @Nullable Repeats repeats;
    private boolean reached;
    private boolean checkedEnd;

    private ResumePoint(
            BinlogPosition position,
            TransactionLine line,
            long logged,
            Claim.@Nullable Jump jump,
            @Nullable Repeats repeats) {
        this.repeats = repeats;
        this.position = position;
        this.line = line;
        this.logged = logged;
        this.jump = jump;
        reached = line.gtid() == null;
    }

    /**
     * Where the log leads, or where the settings say if it is empty or to be left.
     *
     * @throws OtherBinlog if the server has no place that goes on where the log ends
     */
    public static ResumePoint of(LogEnd end, CaptureSettings settings, SourceServer server) throws IOException {
        TransactionLine resume = end.resume();
        PositionReset reset = settings.reset();
        StartPosition wanted = reset == null ? settings.start() : reset.position();
        if (resume == null) {
            StartPlace place = StartPlace.of(wanted, server);
            return new ResumePoint(place.position(), line(place, end.after(), server), end.after(), null, null);
        }
        if (isLeft(end, settings)) {
            StartPlace place = StartPlace.of(wanted, server);
            String reason = "position reset " + settings.resetGeneration() + " to " + wanted
                    + ": changes between the two places are missing, or come twice";
            return jumping(end, place, server, reason);
        }
        if (!isSame(resume, server) && resume.executed() == null && settings.servers() != null) {
            Instant time = Instant.EPOCH.plus(resume.time(), ChronoUnit.MICROS).minus(OVERLAP);
            StartPlace place = StartPlace.of(StartPosition.at(time), server);
            String reason = "server " + resume.server() + " was replaced by " + server.id()
                    + " and there are no GTIDs to find the place by: going on " + OVERLAP.toSeconds()
                    + " s before the last commit that was logged, so changes come twice";
            return jumping(end, place, server, reason);
        }
        return after(resume, end.after(), server, Repeats.parse(end.repeats()));
    }

    /** Whether a person wants the capture to leave the place where the log ends. */
    public static boolean isLeft(LogEnd end, CaptureSettings settings) {
        return settings.resetGeneration() > end.reset();
    }

    static ResumePoint after(TransactionLine resume, long logged, SourceServer server, @Nullable Repeats repeats) {
        if (isSame(resume, server) && !resume.file().isEmpty()) {
            FilePosition place = new FilePosition(resume.file(), resume.offset());
            return new ResumePoint(place, withExecuted(resume, place, server), logged, null, repeats);
        }
        if (resume.executed() == null) {
            throw new OtherBinlog("the source is now server " + server.id() + ", but the source log was made from "
                    + resume.server() + " and ends at " + resume.file() + ":" + resume.offset()
                    + "; point the data source at that server again, or jump to a position of the new one"
                    + " (POST /api/v1/data-sources/{name}/position) and snapshot anew what was changed in between");
        }
        return new ResumePoint(new GtidPosition(resume.executed()), resume, logged, null, repeats);
    }

    private static boolean isSame(TransactionLine resume, SourceServer server) {
        return resume.server() == null || resume.server().equals(server.id());
    }

    private static ResumePoint jumping(LogEnd end, StartPlace place, SourceServer server, String reason) {
        TransactionLine from = Objects.requireNonNull(end.resume());
        Claim.Jump jump = new Claim.Jump(
                from.file() + ":" + from.offset() + (from.gtid() == null ? "" : " (" + from.gtid() + ")"),
                place.position().toString(),
                reason);
        LOG.warn("the source log goes on at {} instead of {}: {}", jump.to(), jump.from(), reason);
        Repeats repeats = Repeats.leaving(end, isSame(from, server));
        return new ResumePoint(place.position(), line(place, end.after(), server), end.after(), jump, repeats);
    }

    private static TransactionLine line(StartPlace place, long seq, SourceServer server) {
        return new TransactionLine(null, place.file(), place.offset(), 0, seq, null, place.executed(), server.id());
    }

    /** A log written by an older version, or begun without GTIDs, does not say what was executed; the server does. */
    private static TransactionLine withExecuted(TransactionLine resume, FilePosition place, SourceServer server) {
        if (resume.executed() != null || !server.gtids()) {
            return resume;
        }
        String executed;
        try {
            executed = StartPlace.finder(server).at(place).executed();
        } catch (IOException e) {
            LOG.warn("what was executed before {} is not known until the next file: {}", place, e.getMessage());
            return resume;
        }
        return resume.withExecuted(executed);
    }

    public BinlogPosition position() {
        return position;
    }

    /** As a claim says it. */
    public TransactionLine line() {
        return line;
    }

    /** That the place is not the one where the log ended; null if it is. */
    public Claim.@Nullable Jump jump() {
        return jump;
    }

    /** Up to where what is read is in the log already from before a jump; null if it is new. */
    public @Nullable Repeats repeats() {
        return repeats;
    }

    /** Whether what begins with a transaction is new, after what was repeated. */
    public boolean endsRepeats(TransactionStart start) {
        if (repeats == null || repeats.have(start)) {
            return false;
        }
        repeats = null;
        return true;
    }

    /** Whether the transaction of the log's last entry has been found, so that what follows may be logged. */
    public boolean reached() {
        return reached;
    }

    /**
     * Looks at a transaction that begins.
     *
     * @throws OtherBinlog if the first one is not the one wanted
     */
    public void started(@Nullable String gtid) {
        if (reached) {
            return;
        }
        reached = String.valueOf(line.gtid()).equals(gtid);
        // by GTID, transactions without entries may come first, for the log does not know them
        if (!reached && position instanceof FilePosition) {
            throw new OtherBinlog("the source has transaction " + gtid + " at " + position + ", but the source log has "
                    + line.gtid() + " there: its binary log was reset or the server restored;"
                    + " choose a position in it, or snapshot anew into an empty source log");
        }
    }

    /**
     * Looks at a transaction that ends.
     *
     * @param seq number of its last entry
     * @throws OtherBinlog if the first one ends before the entries that the log has
     */
    public void ended(long seq) {
        if (!reached && seq > line.seq()) {
            throw otherOrder();
        }
        if (checkedEnd || !reached) {
            return;
        }
        checkedEnd = true;
        if (seq < logged) {
            throw new OtherBinlog("the source log has entries up to " + logged + ", but its last transaction at "
                    + position + " ends with entry " + seq
                    + ": the binary log is not the one that the source log was made from");
        }
    }

    /**
     * To be asked before entries are logged.
     *
     * @throws OtherBinlog if they are not those that follow the log's last
     */
    public void mayLog() {
        if (!reached) {
            throw otherOrder();
        }
    }

    private OtherBinlog otherOrder() {
        return new OtherBinlog("the server has other changes between " + position + " and transaction " + line.gtid()
                + ", the last one of the source log: it has committed in another order than " + line.server()
                + " (replica_preserve_commit_order was off); jump to a position of it and snapshot anew");
    }
}
