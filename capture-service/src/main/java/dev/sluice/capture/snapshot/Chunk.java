package dev.sluice.capture.snapshot;

import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.SelectedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.change.message.CellText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one query, kept as they came; bounded in bytes, so that it may end before the query did. Not thread-safe. */
final class Chunk {
    private static final long MOST_BYTES = 16_000_000;
    /** What the heap has of a row beside its bytes; of a row of one small column that is most. */
    private static final int OVERHEAD = 32;

    private final SourceTable table;
    private final SelectedRow reader;
    private final int[] keyOrdinals;
    private final List<byte[]> rows = new ArrayList<>();
    private long bytes;
    private boolean cut;
    private @Nullable List<String> lastKey;

    Chunk(SourceTable table, SelectedRow reader) {
        this.table = table;
        this.reader = reader;
        keyOrdinals = table.keyOrdinals();
    }

    /** Keeps a row if it fits. */
    void add(ByteCursor row) {
        if (cut || !rows.isEmpty() && bytes + row.remaining() > MOST_BYTES) {
            cut = true;
            return;
        }
        keep(row);
    }

    /** Keeps a row of which there is no second look. */
    void keep(ByteCursor row) {
        rows.add(row.take(row.remaining()));
        bytes += OVERHEAD + rows.get(rows.size() - 1).length;
    }

    /** Whether nothing tells the table's rows apart. */
    boolean keyless() {
        return keyOrdinals.length == 0;
    }

    TableShape shape() {
        return table.shape();
    }

    int size() {
        return rows.size();
    }

    /** Whether no more rows should be kept. */
    boolean full() {
        return bytes >= MOST_BYTES / 4;
    }

    /** Whether the query had more rows than fit. */
    boolean cut() {
        return cut;
    }

    /** Key of the last row, as the next chunk's query wants it; null if there is none. */
    @Nullable
    List<String> lastKey() {
        if (lastKey == null && !rows.isEmpty()) {
            DecodedRow row = row(rows.size() - 1);
            List<String> key = new ArrayList<>();
            for (int ordinal : keyOrdinals) {
                String type = table.shape().columns().get(ordinal).baseType();
                boolean labelled = type.equals("enum") || type.equals("set");
                key.add(
                        labelled
                                ? Long.toUnsignedString(reader.number(ordinal))
                                : CellText.decode(row.bytes(), row.cellStart(ordinal), row.cellEnd(ordinal)));
            }
            lastKey = List.copyOf(key);
        }
        return lastKey;
    }

    /** Notes the keys of rows of which the log holds only some columns of what became of them. */
    void noteChangedPartly(ChunkWindow window, MovedRows moved) {
        for (int i = 0; window.anyChangedPartly() && i < rows.size(); i++) {
            DecodedRow row = row(i);
            if (window.hasChangedPartly(ChunkWindow.key(row, keyOrdinals, false))) {
                moved.add(MovedRows.cells(row, keyOrdinals));
            }
        }
    }

    /** Hands the rows over that did not change meanwhile; each is valid during the call only. */
    void writeTo(LogSink.Rows sink, ChunkWindow window) {
        for (int i = 0; i < rows.size(); i++) {
            DecodedRow row = row(i);
            ByteBuffer key = ChunkWindow.key(row, keyOrdinals, false);
            if (!window.hasChanged(key)) {
                sink.row(table.shape(), row);
            }
        }
    }

    private DecodedRow row(int i) {
        byte[] row = rows.get(i);
        return reader.read(new ByteCursor(row, 0, row.length));
    }
}
