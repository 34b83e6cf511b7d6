package dev.sluice.capture.reading;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.TransactionStart;
import dev.sluice.capture.takeover.LogEnd;
import dev.sluice.change.message.TransactionLine;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a source says once more what the log has already, because reading went back: its last transaction of which
 * the log had entries.
 *
 * @param last where it begins; null where only times tell, as the log came from another server
 * @param micros when it was committed
 */
public record Repeats(@Nullable FilePosition last, long micros) {
    /** A file of the same name that was committed so much later is another one: the source has begun its binlog anew. */
    private static final long OTHER_BINLOG = TimeUnit.MINUTES.toMicros(1);

    /** When reading leaves the end of the log for another place; null if the log had nothing. */
    static @Nullable Repeats leaving(LogEnd end, boolean sameServer) {
        Repeats before = parse(end.repeats());
        TransactionLine resume = end.resume();
        if (before != null || resume == null || resume.time() == 0) {
            return before; // who goes back while he repeats has not come to the end of what there was
        }
        if (!sameServer || resume.file().isEmpty()) {
            return new Repeats(null, resume.time());
        }
        boolean begun = resume.seq() < end.after();
        return new Repeats(
                new FilePosition(resume.file(), begun ? resume.offset() : resume.offset() - 1), resume.time());
    }

    /** Whether the log had a transaction. */
    boolean have(TransactionStart start) {
        if (last == null) {
            return start.commitMicros() <= micros;
        }
        return new FilePosition(start.file(), start.startOffset()).compareTo(last) <= 0
                && start.commitMicros() <= micros + OTHER_BINLOG;
    }

    /** As messages of the log say it. */
    public String text() {
        return last == null ? Long.toString(micros) : micros + " " + last.offset() + " " + last.file();
    }

    static @Nullable Repeats parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(" ", 3);
        long micros = Long.parseLong(parts[0]);
        return parts.length < 3
                ? new Repeats(null, micros)
                : new Repeats(new FilePosition(parts[2], Long.parseLong(parts[1])), micros);
    }
}
