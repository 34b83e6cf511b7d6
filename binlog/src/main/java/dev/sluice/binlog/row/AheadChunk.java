package dev.sluice.binlog.row;

import dev.sluice.binlog.protocol.ByteCursor;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Some rows events that follow each other, decoded by whichever thread comes first; others see the rows when all are
 * decoded. Used again for other events.
 */
final class AheadChunk {
    /** Bytes of rows events after which a chunk is full. */
    private static final int FULL = 32 * 1024;

    /** The largest packet that is taken in, in bytes. */
    static final int LARGEST = 2 * FULL;

    /** Cells after which the rest of a chunk is left to the reader, for places are kept of each. */
    private static final int MOST_CELLS = 32 * 1024;

    private static final int MOST_ROWS = 1024;

    private static final int TABLE_NUMBER_AND_FLAGS = 8;

    /** An event of which the body is bytes[body .. to]; its rows are ready if there are any. */
    private static final class Event {
        private final TableHandle table;
        private final RowOp op;
        private final int body;
        private final int to;
        /** Where the first row starts in the buffer. */
        private int start;

        private int firstRow;
        private int behindLastRow;

        Event(TableHandle table, RowOp op, int body, int to) {
            this.table = table;
            this.op = op;
            this.body = body;
            this.to = to;
        }
    }

    /** What rows are decoded into. It goes back to the side that filled it, so that its memory stays with one processor. */
    private static final class Room {
        private final Queue<Room> home;
        private final RowDecoder decoder = new RowDecoder();
        private final JsonBuffer json = new JsonBuffer();
        private DecodedRow[] rows = new DecodedRow[64];

        Room(Queue<Room> home) {
            this.home = home;
        }

        DecodedRow row(int index) {
            if (index == rows.length) {
                rows = Arrays.copyOf(rows, 2 * index);
            }
            if (rows[index] == null) {
                rows[index] = new DecodedRow(json);
            }
            return rows[index];
        }
    }

    /** Rooms that wait: those that the reader fills, and those that other threads do. */
    static final class Rooms {
        private final Thread reader = Thread.currentThread();
        private final Queue<Room> ofReader = new ConcurrentLinkedQueue<>();
        private final Queue<Room> ofOthers = new ConcurrentLinkedQueue<>();

        private Room take() {
            Queue<Room> home = Thread.currentThread() == reader ? ofReader : ofOthers;
            Room room = home.poll();
            return room == null ? new Room(home) : room;
        }
    }

    private final Rooms rooms;
    private final ReadyRows ready = new ReadyRows();
    private byte[] bytes = new byte[0];
    private Event[] events = new Event[16];
    private int count;
    private int next;
    private int size;
    private @Nullable Room room;
    private FutureTask<Void> work = new FutureTask<>(() -> {}, null);

    AheadChunk(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Begins anew with events of a buffer. */
    void begin(byte[] buffer) {
        if (room != null) {
            room.home.add(room);
            room = null;
        }
        bytes = buffer;
        count = 0;
        next = 0;
        size = 0;
        work = new FutureTask<>(this::decodeEvents, null);
    }

    void add(TableHandle table, RowOp op, int body, int to) {
        if (count == events.length) {
            events = Arrays.copyOf(events, 2 * count);
        }
        events[count++] = new Event(table, op, body, to);
        size += to - body;
    }

    boolean full() {
        return size >= FULL;
    }

    /** For a thread that decodes it unless another one has begun to. */
    Runnable work() {
        return work;
    }

    /** Where its first event starts. */
    int start() {
        return events[0].body;
    }

    /** Where its last event ends. */
    int end() {
        return events[count - 1].to;
    }

    boolean done() {
        return work.isDone();
    }

    /** Waits until it is decoded; does it here if nobody has begun. */
    void await() {
        work.run();
        boolean interrupted = false;
        while (!work.isDone()) {
            try {
                work.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                // an error ended it; what has no rows is decoded where it is reached
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The rows of an event whose rows are bytes[at .. to]; null if they are not ready. Places must not go back. */
    @Nullable
    ReadyRows rows(TableHandle table, RowOp op, int at, int to) {
        while (next < count && events[next].to < to) {
            next++;
        }
        if (next == count) {
            return null;
        }
        Event event = events[next];
        boolean same = event.start == at && event.to == to && event.table == table && event.op == op;
        return same && room != null && event.behindLastRow > event.firstRow
                ? ready.of(room.rows, event.firstRow, event.behindLastRow)
                : null;
    }

    private void decodeEvents() {
        Room into = rooms.take();
        room = into;
        into.json.reset();
        int decoded = 0;
        for (int i = 0; i < count; i++) {
            try {
                decoded = decode(events[i], into, decoded);
            } catch (RuntimeException e) {
                // the reader decodes the event once more and says what is wrong with it
            }
        }
    }

    /** Decodes the rows of an event behind those that there are; how many there are then. */
    private int decode(Event event, Room into, int before) {
        DecodePlan plan = event.table.plan();
        ByteCursor body = new ByteCursor(bytes, event.body, event.to);
        body.skip(TABLE_NUMBER_AND_FLAGS);
        body.skip(body.uint16() - 2L);
        boolean whole = body.lengthEncoded() == plan.columns()
                && ColumnSet.read(body, plan.columns()).complete()
                && (event.op != RowOp.UPDATE
                        || ColumnSet.read(body, plan.columns()).complete());
        if (!whole) {
            return before;
        }
        int most = Math.min(MOST_ROWS, MOST_CELLS / plan.columns());
        int decoded = before;
        for (int at = body.position(); at < event.to; at = into.decoder.position()) {
            if (decoded >= most) {
                return before;
            }
            DecodedRow row = into.row(decoded++);
            row.beginBehind(event.op, plan.columns());
            into.decoder.decode(row, plan, bytes, at, event.to);
        }
        event.start = body.position();
        event.firstRow = before;
        event.behindLastRow = decoded;
        return decoded;
    }
}
