package dev.sluice.change.message;

import org.jspecify.annotations.Nullable;

/** Writes the head of a row line; whoever has the cells writes them behind it. Not thread-safe. */
public final class RowLineWriter {
    private final LineBuffer out;

    public RowLineWriter(LineBuffer out) {
        this.out = out;
    }

    /** Begins a line of a row without a primary key. */
    public RowLineWriter unkeyed(RowOp op, int table) {
        begin(op, table).ascii("null");
        return this;
    }

    /** A whole line: all rows of a table without a primary key are gone. */
    public void empty(int table) {
        unkeyed(RowOp.EMPTY, table).present();
        end().row(new byte[0], 0, 0);
    }

    /** Begins a line of a row with a primary key. */
    public RowLineWriter keyed(RowOp op, int table, long key) {
        begin(op, table).hash(key);
        return this;
    }

    /** Adds the hash of the primary key before an update that changed one of its columns. */
    public RowLineWriter oldKey(long hash) {
        out.ascii(",\"was\":").hash(hash);
        return this;
    }

    /** Adds hashes of the further unique keys; null where one has a NULL in it. */
    public RowLineWriter uniqueKeys(boolean before, @Nullable Long... hashes) {
        out.ascii(before ? ",\"ukwas\":[" : ",\"uk\":[");
        for (int i = 0; i < hashes.length; i++) {
            if (i > 0) {
                out.put(',');
            }
            Long hash = hashes[i];
            if (hash == null) {
                out.ascii("null");
            } else {
                out.hash(hash);
            }
        }
        out.put(']');
        return this;
    }

    /** Opens the ordinals of an update's changed columns: the caller writes them and {@link #old()} follows. */
    public LineBuffer changed() {
        return out.ascii(",\"chg\":[");
    }

    /** Closes the ordinals and opens the cells those columns had before. */
    public LineBuffer old() {
        return out.ascii("],\"old\":[");
    }

    /** Closes the old cells. */
    public RowLineWriter endOld() {
        out.put(']');
        return this;
    }

    /** Opens the ordinals of columns that an update wrote without telling what was there before. */
    public LineBuffer written() {
        return out.ascii(",\"set\":[");
    }

    /** Opens the ordinals of the columns that have a cell, for a row that lacks some; ascending. */
    public LineBuffer present() {
        return out.ascii(",\"has\":[");
    }

    /** Closes the ordinals that were opened last. */
    public RowLineWriter end() {
        out.put(']');
        return this;
    }

    /** Writes the cells, comma-separated JSON, and ends the line. */
    public void row(byte[] cells, int from, int to) {
        out.ascii(",\"row\":[").put(cells, from, to).ascii("]}\n");
    }

    private LineBuffer begin(RowOp op, int table) {
        return out.ascii("{\"op\":\"")
                .put(op.code())
                .ascii("\",\"t\":")
                .number(table)
                .ascii(",\"pk\":");
    }
}
