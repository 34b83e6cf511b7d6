package dev.sluice.binlog.row;

import dev.sluice.binlog.protocol.ByteCursor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables seen so far, by table number for the rows events that follow and by the bytes of their table map so that
 * equal bytes give the same shape. Not safe for concurrent use.
 */
public final class TableMaps {
    private static final int KEPT = 10_000;

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

    private record Known(byte[] content, TableHandle handle) {}

    private final Map<Long, Known> byNumber = new HashMap<>();
    private final Map<Content, TableHandle> byContent = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, TableHandle> eldest) {
            return size() > KEPT;
        }
    };
    private YearSign yearSign = YearSign.UNKNOWN;
    private long lastNumber = -1;
    private @Nullable Known last;

    /** Takes in a TABLE_MAP event of which table number and flags have been read. */
    public void put(long number, ByteCursor body) {
        int from = body.position();
        int to = body.end();
        Known known = number == lastNumber ? last : byNumber.get(number);
        if (known == null || !Arrays.equals(known.content, 0, known.content.length, body.bytes(), from, to)) {
            byte[] copy = Arrays.copyOfRange(body.bytes(), from, to);
            Content content = new Content(copy, Arrays.hashCode(copy));
            TableHandle handle = byContent.get(content);
            if (handle == null) {
                handle = new TableHandle(PlanCompiler.compile(new TableMap(body, yearSign)));
                byContent.put(content, handle);
            }
            known = new Known(copy, handle);
            if (byNumber.size() >= KEPT) {
                byNumber.clear();
            }
            byNumber.put(number, known);
        }
        lastNumber = number;
        last = known;
    }

    /** The table of a rows event, null if no table map has announced it. */
    public @Nullable TableHandle get(long number) {
        Known known = number == lastNumber ? last : byNumber.get(number);
        return known == null ? null : known.handle;
    }

    /** A new file begins: table numbers start anew with each server process, and another version may have written it. */
    public void newFile(YearSign rule) {
        byNumber.clear();
        lastNumber = -1;
        last = null;
        if (rule != yearSign) {
            yearSign = rule;
            byContent.clear();
        }
    }
}
