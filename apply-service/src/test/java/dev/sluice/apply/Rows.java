package dev.sluice.apply;

import dev.sluice.sink.batch.BatchAssembler;
import dev.sluice.sink.batch.Message;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.util.List;

/** Rows as the writer gets them, from a message. */
public final class Rows {
    private Rows() {}

    public static List<Row> of(MessageBuilder message) {
        if (message.entries() == 0) {
            return List.of();
        }
        return batch(new Partition("p", 0), new Watermark(1, 0), message.build(1, 1))
                .rows();
    }

    public static RowBatch batch(Partition partition, Watermark before, Message message) {
        BatchAssembler assembler = new BatchAssembler(partition, "site-of-source").start(before);
        assembler.add(message, 0);
        return assembler.finish().get(0);
    }
}
