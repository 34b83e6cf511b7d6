package dev.sluice.capture.encode;

import dev.sluice.binlog.BinlogFormatException;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.capture.schema.KeyPart;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.KeyHash;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.RowLineWriter;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes the table line and the row lines of one table shape. Not thread-safe. */
final class TableEncoder {
    private final int number;
    private final TableShape shape;
    private final byte[] line;
    private final BitSet inKey = new BitSet();
    private final @Nullable KeyPlan primary;
    private final KeyPlan[] unique;
    private final KeyHash hash = new KeyHash();
    private long writtenIn = -1;

    /**
     * An encoder for a table.
     *
     * @param number by which row lines name it; unique as long as messages are made
     * @param uniqueKeys its further unique keys
     */
    TableEncoder(int number, TableShape shape, List<List<KeyPart>> uniqueKeys) {
        this.number = number;
        this.shape = shape;
        List<Column> columns = shape.columns().stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList();
        int[] key = shape.primaryKey();
        int[] prefixes = shape.keyPrefixes();
        Arrays.stream(key).forEach(inKey::set);
        List<KeyPart> keyParts = IntStream.range(0, key.length)
                .mapToObj(i -> new KeyPart(key[i], prefixes[i] == 0))
                .toList();
        primary = keyParts.isEmpty() ? null : new KeyPlan(keyParts, columns);
        unique = uniqueKeys.stream().map(parts -> new KeyPlan(parts, columns)).toArray(KeyPlan[]::new);
        LineBuffer buffer = new LineBuffer(1024);
        Lines.write(
                buffer,
                new TableLine(
                        number,
                        shape.schema(),
                        shape.table(),
                        columns,
                        Arrays.stream(key).boxed().toList(),
                        uniqueKeys.stream().map(TableEncoder::ordinals).toList(),
                        null,
                        null));
        line = buffer.toByteArray();
    }

    private static List<Integer> ordinals(List<KeyPart> key) {
        return key.stream()
                .map(KeyPart::ordinal)
                .filter(ordinal -> ordinal != KeyPart.EXPRESSION)
                .toList();
    }

    int number() {
        return number;
    }

    /** Writes the table line unless this message has it already. */
    void describe(LineBuffer out, long message) {
        if (writtenIn != message) {
            out.put(line);
            writtenIn = message;
        }
    }

    /**
     * Writes a row line.
     *
     * @param copied whether a snapshot copied the row
     * @param whole whether an update tells all columns but those of the primary key as changed
     */
    void write(LineBuffer out, RowLineWriter writer, DecodedRow row, boolean copied, boolean whole) {
        boolean update = row.op() == dev.sluice.binlog.row.RowOp.UPDATE;
        RowOp op =
                switch (row.op()) {
                    case INSERT -> copied ? RowOp.SNAPSHOT : RowOp.INSERT;
                    case UPDATE -> RowOp.UPDATE;
                    case DELETE -> RowOp.DELETE;
                };
        if (primary == null) {
            writer.unkeyed(op, number);
        } else {
            requireKey(primary, row);
            writer.keyed(op, number, primary.hash(hash, row, false));
            if (update && primary.changed(row)) {
                writer.oldKey(primary.hash(hash, row, true));
            }
        }
        if (unique.length > 0 && uniqueKnown(row)) {
            writeUnique(out.ascii(",\"uk\":["), row, false);
            if (update && uniqueChanged(row)) {
                writeUnique(out.ascii(",\"ukwas\":["), row, true);
            }
        }
        if (update) {
            writeOld(writer, row, whole && !row.partial());
        }
        if (row.partial()) {
            writePresence(writer, row);
        }
        writer.row(row.bytes(), row.imageStart(), row.imageEnd());
    }

    /** Whether the row holds all columns of the unique keys, before the change too. */
    private boolean uniqueKnown(DecodedRow row) {
        for (KeyPlan key : unique) {
            if (!key.known(row)) {
                return false;
            }
        }
        return true;
    }

    private boolean uniqueChanged(DecodedRow row) {
        for (KeyPlan key : unique) {
            if (key.changed(row)) {
                return true;
            }
        }
        return false;
    }

    private void writeUnique(LineBuffer out, DecodedRow row, boolean before) {
        for (int i = 0; i < unique.length; i++) {
            if (i > 0) {
                out.put(',');
            }
            if (unique[i].absent(row, before)) {
                out.ascii("null");
            } else {
                out.hash(unique[i].hash(hash, row, before));
            }
        }
        out.put(']');
    }

    private void requireKey(KeyPlan key, DecodedRow row) {
        if (!key.known(row)) {
            throw new UncheckedIOException(new BinlogFormatException("a row of " + shape
                    + " comes without its primary key; run SET GLOBAL binlog_row_image=FULL on the source and let clients"
                    + " reconnect"));
        }
    }

    private static void writePresence(RowLineWriter writer, DecodedRow row) {
        int[] written =
                IntStream.range(0, row.columnCount()).filter(row::written).toArray();
        if (written.length > 0) {
            ordinals(writer.written(), written);
            writer.end();
        }
        if (!row.complete()) {
            ordinals(
                    writer.present(),
                    IntStream.range(0, row.columnCount()).filter(row::present).toArray());
            writer.end();
        }
    }

    private static void ordinals(LineBuffer out, int[] ordinals) {
        for (int i = 0; i < ordinals.length; i++) {
            if (i > 0) {
                out.put(',');
            }
            out.number(ordinals[i]);
        }
    }

    private void writeOld(RowLineWriter writer, DecodedRow row, boolean whole) {
        LineBuffer out = writer.changed();
        boolean first = true;
        for (int i = 0; i < row.columnCount(); i++) {
            if (row.changed(i) || whole && !inKey.get(i)) {
                if (!first) {
                    out.put(',');
                }
                out.number(i);
                first = false;
            }
        }
        writer.old();
        first = true;
        for (int i = 0; i < row.columnCount(); i++) {
            boolean changed = row.changed(i);
            if (changed || whole && !inKey.get(i)) {
                if (!first) {
                    out.put(',');
                }
                out.put(
                        row.bytes(),
                        changed ? row.oldStart(i) : row.cellStart(i),
                        changed ? row.oldEnd(i) : row.cellEnd(i));
                first = false;
            }
        }
        writer.endOld();
    }
}
