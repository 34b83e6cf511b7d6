package dev.sluice.binlog.row;

import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.protocol.PacketReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Decodes rows events that have arrived but were not reached yet, on further threads. The reader still goes through the log
 * event by event and takes what is ready if it was made of the very bytes and the table that it has come to; every other
 * event it decodes itself. So order, errors and what a statement in between means do not depend on this. Used by the
 * reader's thread alone; what it holds is bounded by a few chunks of the log.
 */
public final class RowsAhead {
    private static final int CHUNKS = 8;
    private static final int TABLES = 10_000;
    private static final int PACKET_HEADER = 4;
    private static final int TYPE = PACKET_HEADER + 1 + 4;
    private static final int EVENT_BODY = PACKET_HEADER + 1 + 19;
    private static final int TABLE_NUMBER_BYTES = 6;

    private final PacketReader packets;
    private final TableMaps tables;
    private final Executor threads;
    /** Tables of which the reader has wanted rows. */
    private final Set<TableHandle> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    /** What is being decoded, in the order of the log. */
    private final ArrayDeque<AheadChunk> chunks = new ArrayDeque<>();

    private final ArrayDeque<AheadChunk> spare = new ArrayDeque<>();
    private long moves = -1;
    private int scanned;
    private long taken;
    private AheadChunk.@Nullable Rooms rooms;

    /** Looks ahead in these packets and leaves the work to these threads, which may serve many readers. */
    public RowsAhead(PacketReader packets, TableMaps tables, Executor threads) {
        this.packets = packets;
        this.tables = tables;
        this.threads = threads;
    }

    /** How many events were ready when they were reached. */
    public long taken() {
        return taken;
    }

    /**
     * The rows of the event that the reader has reached, valid until the next call.
     *
     * @param at where its first row starts; the images hold all columns
     * @param to where its last row ends
     * @return null if the reader has to decode them
     */
    public @Nullable ReadyRows take(TableHandle table, RowOp op, byte[] bytes, int at, int to) throws IOException {
        if (bytes != packets.bytes()) {
            return null; // kept from before, or unpacked
        }
        if (wanted.size() >= TABLES) {
            wanted.clear();
        }
        if (table.shareable()) {
            wanted.add(table);
        }
        if (moves != packets.moves()) {
            moves = packets.moves();
            scanned = 0;
            pass(Integer.MAX_VALUE);
        }
        scanned = Math.max(scanned, packets.end());
        pass(at);
        lookAhead(packets.end() - to);
        AheadChunk head = chunks.peek();
        if (head == null || head.start() > at) {
            return null;
        }
        helpWith(head);
        ReadyRows ready = head.rows(table, op, at, to);
        taken += ready == null ? 0 : 1;
        return ready;
    }

    /** Lets go of chunks that end before a place. */
    private void pass(int at) {
        for (AheadChunk head = chunks.peek(); head != null && head.end() <= at; head = chunks.peek()) {
            head.await();
            spare.add(chunks.remove());
        }
    }

    /** Decodes the chunk unless somebody does; then the next one that is left, while that goes on. */
    private void helpWith(AheadChunk head) {
        Iterator<AheadChunk> rest = chunks.iterator();
        while (!head.done() && rest.hasNext()) {
            rest.next().work().run();
        }
        head.await();
    }

    private void lookAhead(int checksum) throws IOException {
        if (chunks.size() > CHUNKS / 2) {
            return;
        }
        packets.takeWhatArrived();
        AheadChunk chunk = null;
        for (int end = packets.endOfPacket(scanned); end >= 0; end = packets.endOfPacket(scanned)) {
            RowOp op = op(end);
            TableHandle table = op == null ? null : table();
            if (op != null && table != null) {
                if (chunk == null) {
                    chunk = spare.isEmpty() ? new AheadChunk(rooms()) : spare.remove();
                    chunk.begin(packets.bytes());
                }
                chunk.add(table, op, scanned + EVENT_BODY, end - checksum);
            }
            scanned = end;
            if (chunk != null && chunk.full()) {
                start(chunk);
                chunk = null;
                if (chunks.size() == CHUNKS) {
                    break;
                }
            }
        }
        if (chunk != null) {
            start(chunk);
        }
    }

    /** Made by the reader's thread, which is not always the one that has made this. */
    private AheadChunk.Rooms rooms() {
        if (rooms == null) {
            rooms = new AheadChunk.Rooms();
        }
        return rooms;
    }

    private void start(AheadChunk chunk) {
        chunks.add(chunk);
        threads.execute(chunk.work());
    }

    /** What the rows in the packet that was come to are; null if it has none, or is not worth it. */
    private @Nullable RowOp op(int end) {
        if (end - scanned < EVENT_BODY + TABLE_NUMBER_BYTES || end - scanned > AheadChunk.LARGEST) {
            return null;
        }
        return switch (packets.bytes()[scanned + TYPE] & 0xff) {
            case EventType.WRITE_ROWS -> RowOp.INSERT;
            case EventType.UPDATE_ROWS -> RowOp.UPDATE;
            case EventType.DELETE_ROWS -> RowOp.DELETE;
            default -> null;
        };
    }

    /** The table that those rows are of as far as is known now; null if its rows are not wanted. */
    private @Nullable TableHandle table() {
        long number = CellWriter.little(packets.bytes(), scanned + EVENT_BODY, TABLE_NUMBER_BYTES);
        TableHandle table = tables.get(number);
        return table != null && wanted.contains(table) ? table : null;
    }
}
