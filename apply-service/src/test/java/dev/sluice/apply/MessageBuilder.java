package dev.sluice.apply;

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

    public int entries() {
        return entries;
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
