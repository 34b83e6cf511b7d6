package dev.sluice.binlog.protocol;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Reads the little-endian fields of a packet or event from a slice of a byte array; not for the row loop. */
public final class ByteCursor {
    private final byte[] bytes;
    private final int end;
    private int position;

    public ByteCursor(byte[] bytes, int start, int end) {
        if (start < 0 || end < start || end > bytes.length) {
            throw new IndexOutOfBoundsException("slice " + start + ".." + end + " of " + bytes.length + " bytes");
        }
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int position() {
        return position;
    }

    public int end() {
        return end;
    }

    public int remaining() {
        return end - position;
    }

    /** Moves on by count bytes and returns where they start. */
    public int skip(long count) {
        if (count < 0 || count > end - position) {
            throw new IndexOutOfBoundsException("needs " + count + " bytes, has " + (end - position));
        }
        int start = position;
        position += (int) count;
        return start;
    }

    public int uint8() {
        return bytes[skip(1)] & 0xff;
    }

    public int uint16() {
        return (int) unsigned(2);
    }

    public long uint32() {
        return unsigned(4);
    }

    public long int64() {
        return unsigned(8);
    }

    /** An integer of 1 to 8 bytes, lowest byte first. */
    public long unsigned(int size) {
        int at = skip(size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }

    /** The protocol's length-encoded integer. */
    public long lengthEncoded() {
        int first = uint8();
        return switch (first) {
            case 0xfc -> unsigned(2);
            case 0xfd -> unsigned(3);
            case 0xfe -> unsigned(8);
            case 0xfb, 0xff -> throw new IllegalArgumentException("not a length: " + first);
            default -> first;
        };
    }

    public byte[] take(long count) {
        int at = skip(count);
        byte[] copy = new byte[position - at];
        System.arraycopy(bytes, at, copy, 0, copy.length);
        return copy;
    }

    public String text(long count) {
        return text(count, StandardCharsets.UTF_8);
    }

    public String text(long count, Charset charset) {
        int at = skip(count);
        return new String(bytes, at, position - at, charset);
    }

    public String zeroTerminated() {
        int zero = position;
        while (zero < end && bytes[zero] != 0) {
            zero++;
        }
        String value = new String(bytes, position, zero - position, StandardCharsets.UTF_8);
        position = Math.min(end, zero + 1);
        return value;
    }

    /** The part of the next count bytes as a cursor of its own. */
    public ByteCursor slice(long count) {
        int at = skip(count);
        return new ByteCursor(bytes, at, position);
    }
}
