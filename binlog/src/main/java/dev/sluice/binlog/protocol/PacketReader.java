package dev.sluice.binlog.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a byte stream into packets, each of them contiguous in one slab that is used again and again; packets of 16 MB
 * and more are joined in place.
 *
 * <p>Source: MySQL internals, "Protocol Basics: Packets" (payloads of 2^24-1 bytes go on in the next packet). Not safe
 * for concurrent use. What {@link #bytes()} holds is valid until the next {@link #next()}.
 */
public final class PacketReader {
    private static final int SLAB = 1 << 20;
    private static final int MAX_CHUNK = 0xffffff;
    private static final int HEADER = 4;

    private InputStream in;
    private final int maxPacket;
    private byte[] slab = new byte[SLAB];
    private int read;
    private int filled;
    private int start;
    private int end;
    private int sequence;
    private long moves;

    public PacketReader(InputStream in, int maxPacket) {
        this.in = in;
        this.maxPacket = maxPacket;
    }

    /** Goes on with another stream, as after the switch to TLS; nothing may be buffered then. */
    void switchTo(InputStream secured) throws IOException {
        if (read != filled) {
            throw new IOException("the server sent data before the TLS handshake");
        }
        in = secured;
    }

    public byte[] bytes() {
        return slab;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    int sequence() {
        return sequence;
    }

    public ByteCursor cursor() {
        return new ByteCursor(slab, start, end);
    }

    /** Blocks until a whole packet is there. */
    public void next() throws IOException {
        if (read == filled) {
            read = 0;
            filled = 0;
            moves++;
            if (slab.length > SLAB * 16) {
                slab = new byte[SLAB];
            }
        }
        require(HEADER);
        int chunk = header(read);
        read += HEADER;
        require(chunk);
        start = read;
        read += chunk;
        while (chunk == MAX_CHUNK) {
            int keep = read - start;
            read = start;
            require(keep + HEADER);
            chunk = header(start + keep);
            if ((long) keep + chunk > maxPacket) {
                throw new IOException("a packet is larger than " + maxPacket + " bytes");
            }
            // the header of the continuation must go; only what was read ahead of it moves
            int ahead = start + keep + HEADER;
            System.arraycopy(slab, ahead, slab, ahead - HEADER, filled - ahead);
            filled -= HEADER;
            moves++;
            read = start;
            require(keep + chunk);
            read = start + keep + chunk;
        }
        end = read;
    }

    /** Whether another packet is in the slab already. */
    public boolean buffered() {
        return filled > read;
    }

    /** Takes in what has arrived, without waiting and without moving what is there. */
    public void takeWhatArrived() throws IOException {
        if (filled < slab.length && in.available() > 0) {
            filled += Math.max(0, in.read(slab, filled, slab.length - filled));
        }
    }

    /** Changes whenever the bytes that were read ahead may have moved or gone. */
    public long moves() {
        return moves;
    }

    /** Where a packet that begins within what was read ahead ends; -1 if some of it is missing. */
    public int endOfPacket(int at) {
        if (filled - at < HEADER) {
            return -1;
        }
        int chunk = length(at);
        return chunk == MAX_CHUNK || filled - at - HEADER < chunk ? -1 : at + HEADER + chunk;
    }

    private int header(int at) {
        sequence = slab[at + 3] & 0xff;
        return length(at);
    }

    private int length(int at) {
        return (slab[at] & 0xff) | (slab[at + 1] & 0xff) << 8 | (slab[at + 2] & 0xff) << 16;
    }

    /** Sees to it that count bytes from {@code read} on are in the slab, moving or growing it if need be. */
    private void require(int count) throws IOException {
        if (filled - read >= count) {
            return;
        }
        if (slab.length - read < count) {
            byte[] target = slab;
            if (count > slab.length) {
                long more = slab.length <= SLAB * 16 ? 2L * slab.length : slab.length + slab.length / 4L;
                target = new byte[Math.max((int) Math.min(Integer.MAX_VALUE - 16, more), roundUp(count))];
            }
            System.arraycopy(slab, read, target, 0, filled - read);
            filled -= read;
            start = 0;
            read = 0;
            moves++;
            slab = target;
        }
        while (filled - read < count) {
            int got = in.read(slab, filled, slab.length - filled);
            if (got < 0) {
                throw new EOFException("the server closed the connection");
            }
            filled += got;
        }
    }

    private static int roundUp(int count) {
        return (int) Math.min(Integer.MAX_VALUE - 16, ((long) count + SLAB) / SLAB * SLAB);
    }
}
