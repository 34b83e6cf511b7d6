package dev.sluice.sink.batch;

import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowLineWriter;
import dev.sluice.change.message.RowOp;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One row as a message of its own, in the format of a partition queue: so it is kept until it can be applied. */
public final class SingleRow {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] AGAIN = "{\"again\":true}\n".getBytes(StandardCharsets.UTF_8);

    private SingleRow() {}

    /** The message's body: the transaction's, the table's and the row's line; a line before them if it comes again. */
    public static byte[] body(Row row) {
        LineBuffer out = head(row);
        out.put(row.bytes(), row.lineFrom(), row.lineTo()).put('\n');
        return out.toByteArray();
    }

    /** The row of such a message. */
    public static Row read(Partition partition, Watermark at, byte[] body) {
        BatchAssembler assembler = new BatchAssembler(partition, "").start(new Watermark(at.epoch(), at.seq() - 1));
        boolean again = body.length > AGAIN.length && Arrays.equals(body, 0, AGAIN.length, AGAIN, 0, AGAIN.length);
        byte[] lines = again ? Arrays.copyOfRange(body, AGAIN.length, body.length) : body;
        MessageHeader header =
                new MessageHeader(MessageHeader.Kind.ROWS, at.epoch(), at.seq(), 1, 0, 0, null, 0, false, again);
        assembler.add(new Message(header, lines), 0);
        return assembler.finish().get(0).rows().get(0);
    }

    /**
     * The message with other cells after the change; what was before stays.
     *
     * @param cells by the names of the source's columns
     * @throws IllegalArgumentException if the row is a delete, or a column or cell is none
     */
    public static byte[] edited(Row row, Map<String, JsonNode> cells) {
        if (row.op() == RowOp.DELETE || row.op() == RowOp.EMPTY) {
            throw new IllegalArgumentException("a delete has no cells to change; retry or skip it");
        }
        byte[][] given = new byte[row.size()][];
        for (Map.Entry<String, JsonNode> cell : cells.entrySet()) {
            if (cell.getValue().isContainer() || cell.getValue().isBoolean()) {
                throw new IllegalArgumentException(
                        "column " + cell.getKey() + " needs a string, a number or null, as in a row line");
            }
            given[ordinal(row, cell.getKey())] = JSON.writeValueAsBytes(cell.getValue());
        }
        LineBuffer out = head(row);
        RowLineWriter writer = new RowLineWriter(out);
        writer = row.table().key().isEmpty()
                ? writer.unkeyed(row.op(), row.table().table())
                : writer.keyed(row.op(), row.table().table(), 0);
        if (row.op() == RowOp.UPDATE) {
            before(row, given, writer);
        }
        IntPredicate present = i -> given[i] != null || row.present(i);
        if (!IntStream.range(0, row.size()).allMatch(present)) {
            ordinals(writer.present(), row.size(), present);
            writer.end();
        }
        LineBuffer after = new LineBuffer(256);
        for (int i = 0; i < row.size(); i++) {
            if (present.test(i)) {
                after.ascii(after.length() == 0 ? "" : ",");
                if (given[i] == null) {
                    after.put(row.bytes(), row.start(i), row.end(i));
                } else {
                    after.put(given[i]);
                }
            }
        }
        writer.row(after.array(), 0, after.length());
        return out.toByteArray();
    }

    /** What an update found, and what it wrote without telling what it found. */
    private static void before(Row row, byte[][] given, RowLineWriter writer) {
        IntPredicate changed = i -> row.presentBefore(i) && (given[i] != null || row.start(i) != row.startBefore(i));
        ordinals(writer.changed(), row.size(), changed);
        LineBuffer old = writer.old();
        String comma = "";
        for (int i = 0; i < row.size(); i++) {
            if (changed.test(i)) {
                old.ascii(comma).put(row.bytes(), row.startBefore(i), row.endBefore(i));
                comma = ",";
            }
        }
        writer.endOld();
        IntPredicate written = i -> row.written(i) || given[i] != null && !row.presentBefore(i);
        if (IntStream.range(0, row.size()).anyMatch(written)) {
            ordinals(writer.written(), row.size(), written);
            writer.end();
        }
    }

    private static void ordinals(LineBuffer out, int size, IntPredicate which) {
        String comma = "";
        for (int i = 0; i < size; i++) {
            if (which.test(i)) {
                out.ascii(comma).number(i);
                comma = ",";
            }
        }
    }

    private static int ordinal(Row row, String column) {
        // from the end: a column that the mapping sets may have the name of one that it leaves out
        for (int i = row.size() - 1; i >= 0; i--) {
            if (row.table().columns().get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the row has no column '" + column + "'");
    }

    private static LineBuffer head(Row row) {
        LineBuffer out = new LineBuffer(row.lineTo() - row.lineFrom() + 1_024);
        if (row.again()) {
            out.put(AGAIN);
        }
        Lines.write(out, row.transaction());
        Lines.write(out, row.table());
        return out;
    }
}
