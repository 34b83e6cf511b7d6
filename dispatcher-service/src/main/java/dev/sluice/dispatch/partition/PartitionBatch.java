package dev.sluice.dispatch.partition;

import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.MessageHeader;
import java.util.HashSet;
import java.util.Set;

/** The message that is being filled for one partition. Not thread-safe. */
final class PartitionBatch {
    private static final int KEPT_BYTES = 256_000;

    private LineBuffer body = new LineBuffer(8_000);
    private final Set<TableDecision> tables = new HashSet<>();
    private long transaction;
    private long lastSeq;
    private long lastSourceSeq;
    private int entries;

    PartitionBatch(long lastSeq) {
        this.lastSeq = lastSeq;
    }

    boolean isEmpty() {
        return entries == 0;
    }

    int length() {
        return body.length();
    }

    /** Number of the last entry, sent or not. */
    long lastSeq() {
        return lastSeq;
    }

    /** Begins an entry: whatever lines it needs before its row, which the caller then writes with its newline. */
    LineBuffer entry(TransactionCut current, TableDecision table, long sourceSeq) {
        entry(current, sourceSeq);
        if (tables.add(table)) {
            body.put(table.targetLine());
        }
        return body;
    }

    /** Begins an entry that needs no table. */
    LineBuffer entry(TransactionCut current, long sourceSeq) {
        if (transaction != current.serial()) {
            body.put(current.body(), current.from(), current.to()).put('\n');
            transaction = current.serial();
        }
        entries++;
        lastSeq++;
        lastSourceSeq = sourceSeq;
        return body;
    }

    /** An entry that is the end of a transaction; the caller writes the line. */
    LineBuffer end(long sourceSeq) {
        entries++;
        lastSeq++;
        lastSourceSeq = sourceSeq;
        return body;
    }

    MessageHeader header(long epoch, boolean whole, boolean again) {
        return new MessageHeader(
                MessageHeader.Kind.ROWS,
                epoch,
                lastSeq - entries + 1,
                entries,
                0,
                lastSourceSeq,
                null,
                0,
                whole,
                again);
    }

    byte[] body() {
        return body.toByteArray();
    }

    void clear() {
        entries = 0;
        transaction = 0;
        tables.clear();
        body.clear();
        if (body.array().length > KEPT_BYTES) {
            body = new LineBuffer(8_000);
        }
    }
}
