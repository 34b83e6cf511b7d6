package dev.sluice.binlog;

import dev.sluice.binlog.event.Event;
import dev.sluice.binlog.protocol.ByteCursor;
import java.io.IOException;
import java.util.Arrays;

/** Changes of a transaction kept as they are in the log, up to a size, in a buffer that is used again. */
final class KeptEvents {
    private static final int HEADER = 1 + 8 + 4;
    private static final int FIRST_SIZE = 16 * 1024;

    /** Takes changes in the order of the log. */
    interface Taker {
        void take(int type, ByteCursor body) throws IOException;
    }

    private final int limit;
    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    /**
     * Keeps nothing yet.
     *
     * @param limit bytes
     */
    KeptEvents(int limit) {
        this.limit = limit;
    }

    int size() {
        return size;
    }

    /** Keeps a change; false if that would be too much. */
    boolean add(long number, Event event) {
        ByteCursor body = event.body();
        long needed = (long) size + HEADER + body.remaining();
        if (needed > limit) {
            return false;
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, 2L * bytes.length)));
        }
        bytes[size++] = (byte) event.type();
        put(number, 8);
        put(body.remaining(), 4);
        System.arraycopy(body.bytes(), body.position(), bytes, size, body.remaining());
        size += body.remaining();
        return true;
    }

    /** Forgets all but the first bytes, which end with a change. */
    void truncate(int to) {
        size = to;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /** Hands on all that the outcome holds. */
    void hand(Outcome outcome, Taker taker) throws IOException {
        hand(new ByteCursor(bytes, 0, size), outcome, taker);
    }

    /** Hands on all of a copy that the outcome holds. */
    static void hand(byte[] copy, Outcome outcome, Taker taker) throws IOException {
        hand(new ByteCursor(copy, 0, copy.length), outcome, taker);
    }

    private static void hand(ByteCursor kept, Outcome outcome, Taker taker) throws IOException {
        while (kept.remaining() > 0) {
            int type = kept.uint8();
            long number = kept.int64();
            ByteCursor body = kept.slice(kept.uint32());
            if (outcome.holds(number)) {
                taker.take(type, body);
            }
        }
    }

    private void put(long value, int width) {
        for (int i = 0; i < width; i++) {
            bytes[size++] = (byte) (value >> 8 * i);
        }
    }
}
