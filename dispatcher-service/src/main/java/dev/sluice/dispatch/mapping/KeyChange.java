package dev.sluice.dispatch.mapping;

import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.RowLineWriter;
import dev.sluice.change.message.RowOp;

/**
 * Splits an update that changed a primary key: the row under its old key is deleted, the one under its new key
 * inserted. Reuses its buffers; not thread-safe.
 */
public final class KeyChange {
    private final LineBuffer delete = new LineBuffer(1024);
    private final LineBuffer insert = new LineBuffer(1024);
    private final LineBuffer before = new LineBuffer(1024);

    /** Writes both lines for an update; {@code table} is the number by which they name their table. */
    public KeyChange split(RowLine update, int table) {
        update.cells();
        byte[] body = update.body();
        before.clear();
        int change = 0;
        for (int i = 0; i < update.size(); i++) {
            if (i > 0) {
                before.put(',');
            }
            if (change < update.changes() && update.changedOrdinal(change) == i) {
                before.put(body, update.oldStart(change), update.oldEnd(change));
                change++;
            } else {
                before.put(body, update.cellStart(i), update.cellEndOf(i));
            }
        }
        boolean otherUniqueBefore = update.oldUniqueEnd() > update.oldUniqueStart();
        delete.clear();
        RowLineWriter deleteLine = new RowLineWriter(delete).keyed(RowOp.DELETE, table, update.oldKey());
        uniqueKeys(
                delete,
                body,
                otherUniqueBefore ? update.oldUniqueStart() : update.uniqueStart(),
                otherUniqueBefore ? update.oldUniqueEnd() : update.uniqueEnd());
        deleteLine.row(before.array(), 0, before.length());

        insert.clear();
        RowLineWriter insertLine = new RowLineWriter(insert).keyed(RowOp.INSERT, table, update.key());
        uniqueKeys(insert, body, update.uniqueStart(), update.uniqueEnd());
        insertLine.row(body, update.cellStart(0), update.cellEndOf(update.size() - 1));
        return this;
    }

    /** The delete of the old key, with its newline. */
    public LineBuffer delete() {
        return delete;
    }

    /** The insert of the new key, with its newline. */
    public LineBuffer insert() {
        return insert;
    }

    private static void uniqueKeys(LineBuffer line, byte[] body, int from, int to) {
        if (to > from) {
            line.ascii(",\"uk\":").put(body, from, to);
        }
    }
}
