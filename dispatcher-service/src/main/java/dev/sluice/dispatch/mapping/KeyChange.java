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

    /**
     * Writes both lines for an update, of which the cells have been found.
     *
     * @param table the number by which they name their table
     * @throws MappingRefused if the update does not tell the whole row that is to be inserted
     */
    public KeyChange split(RowLine update, int table) {
        if (!update.complete()) {
            throw new MappingRefused("an update changed the primary key of a row of which the source's binary log holds"
                    + " only a part, so the row cannot go to the partition of its new key; run SET GLOBAL"
                    + " binlog_row_image=FULL on the source, let clients reconnect, and snapshot the table anew");
        }
        byte[] body = update.body();
        delete.clear();
        RowLineWriter deleteLine = new RowLineWriter(delete).keyed(RowOp.DELETE, table, update.oldKey());
        boolean otherUniqueBefore = update.oldUniqueEnd() > update.oldUniqueStart();
        uniqueKeys(
                delete,
                body,
                otherUniqueBefore ? update.oldUniqueStart() : update.uniqueStart(),
                otherUniqueBefore ? update.oldUniqueEnd() : update.uniqueEnd());
        writeBefore(deleteLine, update);

        insert.clear();
        RowLineWriter insertLine = new RowLineWriter(insert).keyed(RowOp.INSERT, table, update.key());
        uniqueKeys(insert, body, update.uniqueStart(), update.uniqueEnd());
        insertLine.row(body, update.cellsStart(), update.cellsEnd());
        return this;
    }

    /** The row before, without the columns of which the update does not tell what they held. */
    private void writeBefore(RowLineWriter line, RowLine update) {
        LineBuffer known = update.written() > 0 ? line.present() : null;
        before.clear();
        int change = 0;
        int written = 0;
        boolean first = true;
        for (int i = 0; i < update.size(); i++) {
            if (written < update.written() && update.writtenOrdinal(written) == i) {
                written++;
                continue;
            }
            if (!first) {
                before.put(',');
            }
            if (known != null) {
                (first ? known : known.put(',')).number(i);
            }
            first = false;
            if (change < update.changes() && update.changedOrdinal(change) == i) {
                before.put(update.body(), update.oldStart(change), update.oldEnd(change));
                change++;
            } else {
                before.put(update.body(), update.cellStart(i), update.cellEndOf(i));
            }
        }
        if (known != null) {
            line.end();
        }
        line.row(before.array(), 0, before.length());
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
