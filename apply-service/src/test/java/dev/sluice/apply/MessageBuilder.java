package dev.sluice.apply;

import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowLineWriter;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.sink.batch.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds the messages of a partition queue as the dispatcher does; cells are given as JSON. */
public final class MessageBuilder {
    private final LineBuffer body = new LineBuffer(1024);
    private final Set<Integer> tables = new HashSet<>();
    private int entries;

    public MessageBuilder transaction(@Nullable String origin) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        Lines.write(body, new TransactionLine(null, "mysql-bin.000001", 4, now, 0, origin, null, null));
        return this;
    }

    public MessageBuilder transaction() {
        return transaction(null);
    }

    public MessageBuilder insert(TableLine table, String... cells) {
        return row(RowOp.INSERT, table, cells);
    }

    public MessageBuilder delete(TableLine table, String... cells) {
        return row(RowOp.DELETE, table, cells);
    }

    public MessageBuilder row(RowOp op, TableLine table, String... cells) {
        return end(head(op, table), cells);
    }

    public MessageBuilder update(TableLine table, String[] before, String[] after) {
        RowLineWriter writer = head(RowOp.UPDATE, table);
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            if (!before[i].equals(after[i])) {
                changed.add(i);
            }
        }
        if (!changed.isEmpty()) {
            LineBuffer out = writer.changed();
            for (int i = 0; i < changed.size(); i++) {
                out.ascii(i == 0 ? "" : ",").number(changed.get(i));
            }
            out = writer.old();
            for (int i = 0; i < changed.size(); i++) {
                out.ascii(i == 0 ? "" : ",").put(before[changed.get(i)].getBytes(StandardCharsets.UTF_8));
            }
            writer.endOld();
        }
        return end(writer, after);
    }

    /** A row of which only some columns are told; those that are have a cell that is not null. */
    public MessageBuilder part(RowOp op, TableLine table, @Nullable String[] cells) {
        return partEnd(head(op, table), cells);
    }

    /**
     * An update as a source logs it that leaves out what it can.
     *
     * @param before what is told of the row before; null where nothing is
     * @param after what is told of the row after; a column that is there and not before was written
     */
    public MessageBuilder partUpdate(TableLine table, @Nullable String[] before, @Nullable String[] after) {
        RowLineWriter writer = head(RowOp.UPDATE, table);
        List<Integer> changed =
                ordinals(before, i -> before[i] != null && after[i] != null && !before[i].equals(after[i]));
        list(writer.changed(), changed.stream().map(String::valueOf).toList());
        list(writer.old(), changed.stream().map(i -> before[i]).toList());
        writer.endOld();
        list(
                writer.written(),
                ordinals(before, i -> before[i] == null && after[i] != null).stream()
                        .map(String::valueOf)
                        .toList());
        writer.end();
        return partEnd(writer, after);
    }

    private MessageBuilder partEnd(RowLineWriter writer, @Nullable String[] cells) {
        List<Integer> told = ordinals(cells, i -> cells[i] != null);
        if (told.size() < cells.length) {
            list(writer.present(), told.stream().map(String::valueOf).toList());
            writer.end();
        }
        return end(writer, told.stream().map(i -> cells[i]).toArray(String[]::new));
    }

    private static List<Integer> ordinals(@Nullable String[] cells, IntPredicate which) {
        return IntStream.range(0, cells.length).filter(which).boxed().toList();
    }

    private static void list(LineBuffer out, List<String> members) {
        out.put(String.join(",", members).getBytes(StandardCharsets.UTF_8));
    }

    /** A statement and the entry before it. */
    public MessageBuilder statement(DdlLine statement) {
        Lines.write(body, DdlLine.arrival(statement.time()));
        Lines.write(body, statement);
        entries += 2;
        return this;
    }

    public int entries() {
        return entries;
    }

    /** Ends the transaction, which is an entry where transactions are kept whole. */
    MessageBuilder commit() {
        entries++;
        Lines.writeCommit(body, 1);
        return this;
    }

    /** A message of a pipeline that keeps transactions whole. */
    Message buildWhole(long epoch, long seq) {
        MessageHeader header =
                new MessageHeader(MessageHeader.Kind.ROWS, epoch, seq, entries, 0, seq, null, 0, true, false);
        return new Message(header, body.toByteArray());
    }

    /** A message of what was sent before. */
    public Message buildAgain(long epoch, long seq) {
        MessageHeader header =
                new MessageHeader(MessageHeader.Kind.ROWS, epoch, seq, entries, 0, seq, null, 0, false, true);
        return new Message(header, body.toByteArray());
    }

    public Message build(long epoch, long seq) {
        MessageHeader header = new MessageHeader(MessageHeader.Kind.ROWS, epoch, seq, entries, 0, seq);
        return new Message(header, body.toByteArray());
    }

    private RowLineWriter head(RowOp op, TableLine table) {
        if (tables.add(table.table())) {
            Lines.write(body, table);
        }
        entries++;
        RowLineWriter writer = new RowLineWriter(body);
        return table.key().isEmpty()
                ? writer.unkeyed(op, table.table())
                : writer.keyed(op, table.table(), 0x0123456789abcdefL);
    }

    private MessageBuilder end(RowLineWriter writer, String... cells) {
        byte[] row = String.join(",", cells).getBytes(StandardCharsets.UTF_8);
        writer.row(row, 0, row.length);
        return this;
    }
}
