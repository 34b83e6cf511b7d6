package dev.sluice.benchmarks.decode;

import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.capture.encode.ChangeEncoder;
import dev.sluice.capture.encode.Message;
import dev.sluice.capture.encode.Transaction;
import dev.sluice.capture.schema.UniqueKeys;
import java.io.IOException;
import java.util.function.Consumer;

/** The messages of the source log as the capture service makes them of decoded rows. Not thread-safe. */
final class RowLines implements OwnDecoder.Taker {
    private final ChangeEncoder encoder;
    private final Consumer<Message> published;
    private long offset = 4;

    RowLines(UniqueKeys uniqueKeys, Consumer<Message> published) {
        encoder = new ChangeEncoder(uniqueKeys, 0, 0, null, () -> null);
        this.published = published;
    }

    @Override
    public void begin() {
        encoder.begin(new Transaction("00000000-0000-0000-0000-000000000000:1", "recorded", offset, offset));
        offset += 4096;
    }

    @Override
    public void row(TableShape table, DecodedRow row) throws IOException {
        if (encoder.isFullFor(table, row)) {
            published.accept(encoder.take());
        }
        encoder.row(table, row, false);
    }

    @Override
    public void commit() {
        encoder.commit();
    }
}
