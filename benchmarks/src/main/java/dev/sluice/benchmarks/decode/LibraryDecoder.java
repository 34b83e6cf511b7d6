package dev.sluice.benchmarks.decode;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer.CompatibilityMode;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The decoder of Debezium's library on a recording: every row as an array of Java objects; no JSON, and it does not verify
 * checksums. Not thread-safe.
 */
final class LibraryDecoder {
    private final byte[] events;
    private final boolean cheapest;

    /**
     * A decoder.
     *
     * @param cheapest leaves text as bytes and times as numbers, which is the least work it can be asked for
     */
    LibraryDecoder(byte[] events, boolean cheapest) {
        this.events = events;
        this.cheapest = cheapest;
    }

    /** Decodes the whole recording; how many rows it had. */
    long pass(Consumer<EventData> taker) throws IOException {
        EventDeserializer deserializer = new EventDeserializer();
        deserializer.setChecksumType(ChecksumType.CRC32);
        if (cheapest) {
            deserializer.setCompatibilityMode(
                    CompatibilityMode.DATE_AND_TIME_AS_LONG, CompatibilityMode.CHAR_AND_BINARY_AS_BYTE_ARRAY);
        }
        long rows = 0;
        try (ByteArrayInputStream in = new ByteArrayInputStream(events)) {
            for (Event event = deserializer.nextEvent(in); event != null; event = deserializer.nextEvent(in)) {
                EventData data = event.getData();
                if (data instanceof WriteRowsEventData written) {
                    rows += written.getRows().size();
                } else if (data instanceof UpdateRowsEventData updated) {
                    rows += updated.getRows().size();
                } else if (data instanceof DeleteRowsEventData deleted) {
                    rows += deleted.getRows().size();
                }
                taker.accept(data);
            }
        }
        return rows;
    }
}
