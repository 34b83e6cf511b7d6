package dev.sluice.redissink;

import dev.sluice.change.config.CacheRule;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowLineWriter;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.sink.batch.BatchAssembler;
import dev.sluice.sink.batch.Message;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes the entries of a partition message as a dispatcher would; cells are given as JSON. */
public final class Entries {
    private final LineBuffer body = new LineBuffer(1024);
    private final RowLineWriter rows = new RowLineWriter(body);
    private final Set<Integer> described = new HashSet<>();
    private int entries;

    public Entries() {
        long now = System.currentTimeMillis() * 1000;
        Lines.write(body, new TransactionLine(null, "binlog.000001", 4, now, 0, null, null, null));
    }

    /** A table {@code shop.users}; its first column is the key. */
    public static TableLine users(CacheRule rule, Column... columns) {
        return new TableLine(1, "shop", "users", List.of(columns), List.of(0), List.of(), null, rule);
    }

    public Entries insert(TableLine table, String... cells) {
        return row(RowOp.INSERT, table, List.of(cells));
    }

    public Entries delete(TableLine table, String... cells) {
        return row(RowOp.DELETE, table, List.of(cells));
    }

    public Entries update(TableLine table, List<String> before, List<String> after) {
        describe(table);
        List<Integer> changed = IntStream.range(0, before.size())
                .filter(i -> !before.get(i).equals(after.get(i)))
                .boxed()
                .toList();
        rows.keyed(RowOp.UPDATE, table.table(), before.get(0).hashCode());
        rows.changed()
                .ascii(String.join(",", changed.stream().map(String::valueOf).toList()));
        put(rows.old(), changed.stream().map(before::get).toList());
        rows.endOld();
        cells(after);
        return this;
    }

    public int size() {
        return entries;
    }

    public Message message(long epoch, long seq) {
        return new Message(
                new MessageHeader(MessageHeader.Kind.ROWS, epoch, seq, entries, 0, seq + entries), body.toByteArray());
    }

    public RowBatch batch(Partition partition, Watermark before) {
        long epoch = Math.max(1, before.epoch());
        BatchAssembler assembler = new BatchAssembler(partition, "a").start(before);
        assembler.add(message(epoch, before.seq() + 1), 0);
        return assembler.finish().get(0);
    }

    /** The last row. */
    public Row row() {
        List<Row> all = batch(new Partition("p", 0), Watermark.NONE).rows();
        return all.get(all.size() - 1);
    }

    private Entries row(RowOp op, TableLine table, List<String> cells) {
        describe(table);
        rows.keyed(op, table.table(), cells.get(0).hashCode());
        cells(cells);
        return this;
    }

    private void describe(TableLine table) {
        if (described.add(table.table())) {
            Lines.write(body, table);
        }
    }

    private void cells(List<String> cells) {
        LineBuffer joined = new LineBuffer(256);
        put(joined, cells);
        rows.row(joined.array(), 0, joined.length());
        entries++;
    }

    private static void put(LineBuffer out, List<String> cells) {
        out.put(String.join(",", cells).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
