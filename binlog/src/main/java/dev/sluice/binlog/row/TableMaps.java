package dev.sluice.binlog.row;

import dev.sluice.binlog.protocol.ByteCursor;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables seen so far, by table number for the rows events that follow and by the bytes of their table map so that
 * equal bytes give the same shape. Equal bytes without names may mean other columns after a change of the table, so for
 * those the shape is asked for each time. Not safe for concurrent use.
 */
public final class TableMaps {
    private static final int KEPT = 10_000;

    /** Knows the shapes of tables whose table map does not name their columns. */
    public interface Shapes {
        /** The shape; null if the table's rows are to be passed over. */
        @Nullable
        TableShape of(BareTable table) throws IOException;
    }

    /** The bytes of a table map from its flags on. */
    private record Content(byte[] bytes, int hash) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Content content && Arrays.equals(bytes, content.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** What table maps of one content mean; without a handle the rows that follow are passed over. */
    private static final class Known {
        private final byte[] content;
        private final @Nullable BareTable bare;
        private @Nullable TableShape given;
        private @Nullable TableHandle handle;

        Known(byte[] content, MapRules rules) {
            this.content = content;
            TableMap map = new TableMap(new ByteCursor(content, 0, content.length), rules);
            bare = map.complete() ? null : new BareTable(content, rules, map);
            handle = map.complete() ? new TableHandle(PlanCompiler.compile(map)) : null;
        }

        void ask(Shapes shapes) throws IOException {
            if (bare != null) {
                TableShape shape = shapes.of(bare);
                if (shape == null) {
                    handle = null;
                } else if (handle == null || given != shape) {
                    handle = bare.with(shape);
                    given = shape;
                }
            }
        }
    }

    private final Map<Long, Known> byNumber = new HashMap<>();
    private final Map<Content, Known> byContent = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, Known> eldest) {
            return size() > KEPT;
        }
    };
    private MapRules rules = MapRules.UNKNOWN;
    private long lastNumber = -1;
    private @Nullable Known last;

    /** Takes in a TABLE_MAP event of which table number and flags have been read. */
    public void put(long number, ByteCursor body, Shapes shapes) throws IOException {
        int from = body.position();
        int to = body.end();
        Known known = known(number);
        if (known == null || !Arrays.equals(known.content, 0, known.content.length, body.bytes(), from, to)) {
            byte[] copy = Arrays.copyOfRange(body.bytes(), from, to);
            known = byContent.computeIfAbsent(
                    new Content(copy, Arrays.hashCode(copy)), content -> new Known(copy, rules));
            if (byNumber.size() >= KEPT) {
                byNumber.clear();
            }
            byNumber.put(number, known);
        }
        lastNumber = number;
        last = known;
        known.ask(shapes);
    }

    /** The table of a rows event; null if no table map has announced it, or if its rows are to be passed over. */
    public @Nullable TableHandle get(long number) {
        Known known = known(number);
        return known == null ? null : known.handle;
    }

    /** Whether a table map has announced the table of a rows event. */
    public boolean announced(long number) {
        return known(number) != null;
    }

    private @Nullable Known known(long number) {
        return number == lastNumber ? last : byNumber.get(number);
    }

    /** A new file begins: table numbers start anew with each server process, and another version may have written it. */
    public void newFile(MapRules written) {
        byNumber.clear();
        lastNumber = -1;
        last = null;
        if (!written.equals(rules)) {
            rules = written;
            byContent.clear();
        }
    }
}
