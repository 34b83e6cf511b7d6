package dev.sluice.sink.batch;

import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.TableLine;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Parses each table line once: every message repeats the lines of its tables. Not thread-safe. */
final class TableLines {
    private static final int CAPACITY = 4_096;

    private final Map<ByteBuffer, TableLine> parsed = new HashMap<>();

    TableLine at(LineScanner line) {
        TableLine known = parsed.get(ByteBuffer.wrap(line.body(), line.from(), line.to() - line.from()));
        if (known != null) {
            return known;
        }
        if (parsed.size() >= CAPACITY) {
            parsed.clear();
        }
        TableLine table = Lines.table(line.body(), line.from(), line.to());
        parsed.put(ByteBuffer.wrap(Arrays.copyOfRange(line.body(), line.from(), line.to())), table);
        return table;
    }
}
