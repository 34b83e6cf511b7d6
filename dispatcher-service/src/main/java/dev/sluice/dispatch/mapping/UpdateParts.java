package dev.sluice.dispatch.mapping;

import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.RowLineWriter;
import dev.sluice.change.message.RowOp;

/**
 * Takes an update apart into the delete of the row before and the insert of the row after it, for a row that changed its
 * primary key, or that a row filter lets in or out. Reuses its buffers; not thread-safe.
 */
public final class UpdateParts {
    private final LineBuffer delete = new LineBuffer(1024);
    private final LineBuffer insert = new LineBuffer(1024);
    private final LineBuffer before = new LineBuffer(1024);

    /**
     * The delete of the row before an update, of which the cells have been found, with its newline.
     *
     * @param table the number by which the line names its table
     */
    public LineBuffer delete(RowLine update, int table) {
        delete.clear();
        long key = update.keyChanged() ? update.oldKey() : update.key();
        RowLineWriter line = begin(delete, RowOp.DELETE, update, table, key);
        boolean otherUniqueBefore = update.oldUniqueEnd() > update.oldUniqueStart();
        uniqueKeys(
                delete,
                update.body(),
                otherUniqueBefore ? update.oldUniqueStart() : update.uniqueStart(),
                otherUniqueBefore ? update.oldUniqueEnd() : update.uniqueEnd());
        writeBefore(line, update);
        return delete;
    }

    /**
     * The insert of the row after an update, of which the cells have been found, with its newline.
     *
     * @param table the number by which the line names its table
     * @throws MappingRefused if the update does not tell the whole row
     */
    public LineBuffer insert(RowLine update, int table) {
        if (!update.complete()) {
            throw new MappingRefused("an update " + (update.keyChanged() ? "changed the primary key of" : "let in")
                    + " a row of which the source's binary log holds only a part, so it cannot be inserted where it"
                    + " goes; run SET GLOBAL binlog_row_image=FULL on the source, let clients reconnect, and snapshot"
                    + " the table anew");
        }
        insert.clear();
        RowLineWriter line = begin(insert, RowOp.INSERT, update, table, update.key());
        uniqueKeys(insert, update.body(), update.uniqueStart(), update.uniqueEnd());
        line.row(update.body(), update.cellsStart(), update.cellsEnd());
        return insert;
    }

    private static RowLineWriter begin(LineBuffer out, RowOp op, RowLine update, int table, long key) {
        RowLineWriter line = new RowLineWriter(out);
        return update.keyed() ? line.keyed(op, table, key) : line.unkeyed(op, table);
    }

    /** The row before, without the columns of which the update does not tell what they held. */
    private void writeBefore(RowLineWriter line, RowLine update) {
        LineBuffer known = update.written() > 0 || !update.complete() ? line.present() : null;
        before.clear();
        int change = 0;
        int written = 0;
        boolean first = true;
        for (int cell = 0; cell < update.size(); cell++) {
            int i = update.ordinal(cell);
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

    private static void uniqueKeys(LineBuffer line, byte[] body, int from, int to) {
        if (to > from) {
            line.ascii(",\"uk\":").put(body, from, to);
        }
    }
}
