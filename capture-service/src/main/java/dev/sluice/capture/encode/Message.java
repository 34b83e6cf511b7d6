package dev.sluice.capture.encode;

import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.SnapshotLine;
import dev.sluice.change.message.TransactionLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of the source log, ready to be published.
 *
 * @param seq number of the first entry; the next entry's number where there is none
 * @param place transaction of the last entry, or the place in the binlog where there is none
 * @param filter the capture filter, as JSON, that decided what became an entry; null for none
 */
public record Message(
        long seq,
        int entries,
        TransactionLine place,
        @Nullable String filter,
        byte[] body) {
    /** The same with how far snapshots have come behind its entries. */
    public Message with(List<SnapshotLine> snapshots) {
        LineBuffer longer = new LineBuffer(body.length + 256 * snapshots.size()).put(body);
        snapshots.forEach(line -> Lines.write(longer, line));
        return new Message(seq, entries, place, filter, longer.toByteArray());
    }

    /** Number of the last entry, or of the last one before. */
    public long lastSeq() {
        return seq + entries - 1;
    }
}
