package dev.sluice.capture.reading;

import dev.sluice.binlog.BinlogPosition;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.GtidPosition;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.capture.takeover.LogEnd;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.message.TransactionLine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where reading goes on: at the transaction of the log's last entry. Checks that the transaction found there is that
 * one, and that it holds the entries that the log has of it.
 */
public final class ResumePoint {
    private final BinlogPosition position;
    private final TransactionLine line;
    private final long logged;
    private boolean checkedStart;
    private boolean checkedEnd;

    private ResumePoint(BinlogPosition position, TransactionLine line, long logged) {
        this.position = position;
        this.line = line;
        this.logged = logged;
    }

    /**
     * Where the log leads, or where the settings say if it is empty.
     *
     * @param server UUID of the source as it is now, null if it has none
     * @throws OtherBinlog if the source is another server, on which file and offset mean nothing
     */
    public static ResumePoint of(
            LogEnd end, CaptureSettings.StartPosition start, SourceAddress source, @Nullable String server)
            throws IOException {
        TransactionLine resume = end.resume();
        return resume == null ? first(StartPosition.of(start, source), server) : after(resume, end.after(), server);
    }

    private static ResumePoint first(BinlogPosition start, @Nullable String server) {
        TransactionLine line = start instanceof FilePosition at
                ? new TransactionLine(null, at.file(), at.offset(), 0, 0, null, null, server)
                : new TransactionLine(null, "", 0, 0, 0, null, ((GtidPosition) start).gtidSet(), server);
        return new ResumePoint(start, line, 0);
    }

    static ResumePoint after(TransactionLine resume, long logged, @Nullable String server) {
        boolean same =
                resume.server() == null || server == null || resume.server().equals(server);
        if (same && !resume.file().isEmpty()) {
            return new ResumePoint(new FilePosition(resume.file(), resume.offset()), resume, logged);
        }
        if (resume.executed() == null) {
            throw new OtherBinlog("the source is now server " + server + ", but the source log was made from "
                    + resume.server() + " and ends at " + resume.file() + ":" + resume.offset()
                    + "; point the data source at that server again, or snapshot anew into an empty source log");
        }
        return new ResumePoint(new GtidPosition(resume.executed()), resume, logged);
    }

    public BinlogPosition position() {
        return position;
    }

    /** As a claim says it. */
    public TransactionLine line() {
        return line;
    }

    /**
     * Looks at a transaction that begins.
     *
     * @throws OtherBinlog if the first one is not the one wanted
     */
    public void started(@Nullable String gtid) {
        if (checkedStart) {
            return;
        }
        checkedStart = true;
        if (line.gtid() != null && !line.gtid().equals(gtid)) {
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
        if (checkedEnd) {
            return;
        }
        checkedEnd = true;
        if (seq < logged) {
            throw new OtherBinlog("the source log has entries up to " + logged + ", but its last transaction at "
                    + position + " ends with entry " + seq
                    + ": the binary log is not the one that the source log was made from");
        }
    }
}
