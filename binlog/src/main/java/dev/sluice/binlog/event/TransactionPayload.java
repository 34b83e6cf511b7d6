package dev.sluice.binlog.event;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.sluice.binlog.protocol.ByteCursor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The events of a compressed transaction, decompressed one after the other, so that memory holds only the largest of
 * them.
 *
 * <p>Source: MySQL sources, Transaction_payload_event: fields of type, length, value, then the payload.
 */
final class TransactionPayload {
    private static final int END = 0;
    private static final int PAYLOAD_SIZE = 1;
    private static final int COMPRESSION = 2;
    private static final int UNCOMPRESSED_SIZE = 3;
    private static final int ZSTD = 0;
    private static final int NONE = 255;
    private static final int STEP = 1 << 20;

    private final InputStream in;
    private long left;
    private byte[] buffer = new byte[16 * 1024];

    TransactionPayload(ByteCursor body) throws IOException {
        long compression = NONE;
        long size = -1;
        long plainSize = -1;
        for (int field = (int) body.lengthEncoded(); field != END; field = (int) body.lengthEncoded()) {
            ByteCursor value = body.slice(body.lengthEncoded());
            switch (field) {
                case PAYLOAD_SIZE -> size = value.lengthEncoded();
                case COMPRESSION -> compression = value.lengthEncoded();
                case UNCOMPRESSED_SIZE -> plainSize = value.lengthEncoded();
                default -> throw new IllegalArgumentException("transaction payload with the unknown field " + field);
            }
        }
        if (size != body.remaining()) {
            throw new IllegalArgumentException("transaction payload of " + size + " bytes in " + body.remaining());
        }
        InputStream raw = new ByteArrayInputStream(body.bytes(), body.position(), body.remaining());
        if (compression == ZSTD) {
            in = new ZstdInputStreamNoFinalizer(raw);
        } else if (compression == NONE) {
            in = raw;
            plainSize = size;
        } else {
            throw new IllegalArgumentException("transaction payload with the unknown compression " + compression);
        }
        if (plainSize < 0) {
            throw new IllegalArgumentException("transaction payload without its uncompressed size");
        }
        left = plainSize;
    }

    /** Reads the next event, or returns false after the last one. */
    boolean next(Event event) throws IOException {
        if (left == 0) {
            return false;
        }
        fill(0, Event.HEADER);
        long size = new ByteCursor(buffer, 9, 13).uint32();
        if (size < Event.HEADER || size > left || size > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException(
                    "an event of " + size + " bytes in a payload that has " + left + " left");
        }
        fill(Event.HEADER, (int) size);
        event.readHeader(buffer, 0, (int) size);
        left -= size;
        return true;
    }

    void close() throws IOException {
        in.close();
    }

    /** Reads up to the given size, growing step by step so that a wrong size cannot claim memory. */
    private void fill(int from, int to) throws IOException {
        while (from < to) {
            if (from == buffer.length) {
                buffer = Arrays.copyOf(buffer, (int) Math.min(to, Math.max(2L * buffer.length, STEP)));
            }
            int got = in.read(buffer, from, Math.min(to, buffer.length) - from);
            if (got < 0) {
                throw new IllegalArgumentException("the transaction payload ends early");
            }
            from += got;
        }
    }
}
