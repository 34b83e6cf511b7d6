package dev.sluice.change.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array to which JSON is written as UTF-8. Not thread-safe. */
public final class LineBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final int DOUBLED = 16 << 20;
    private static final int SLACK = 512;
    private static final int LARGEST = Integer.MAX_VALUE - 16;

    private byte[] bytes;
    private int length;

    public LineBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    public int length() {
        return length;
    }

    /** The array written to; valid up to {@link #length()} and until the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets everything from {@code length} on. */
    public void truncate(int newLength) {
        length = newLength;
    }

    public void clear() {
        length = 0;
    }

    public LineBuffer put(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    public LineBuffer put(byte[] source) {
        return put(source, 0, source.length);
    }

    public LineBuffer put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Writes characters that are known to be ASCII and need no escape. */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) is the one copy without an allocation
    public LineBuffer ascii(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    public LineBuffer number(long value) {
        if (value < 0) {
            return ascii(Long.toString(value));
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        ensure(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Writes a hash as 16 hexadecimal digits in quotes. */
    public LineBuffer hash(long value) {
        ensure(18);
        bytes[length++] = '"';
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (value >>> shift) & 15];
        }
        bytes[length++] = '"';
        return this;
    }

    /** Writes a JSON string, quoted and escaped. */
    public LineBuffer string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return string(utf8, 0, utf8.length);
    }

    /** Writes text in UTF-8 as a JSON string, quoted and escaped. */
    public LineBuffer string(byte[] utf8, int from, int to) {
        put('"');
        for (int i = from; i < to; i++) {
            byte b = utf8[i];
            switch (b) {
                case '"' -> ascii("\\\"");
                case '\\' -> ascii("\\\\");
                case '\n' -> ascii("\\n");
                case '\r' -> ascii("\\r");
                case '\t' -> ascii("\\t");
                default -> {
                    if (b >= 0 && b < 0x20) {
                        ascii("\\u00").put((char) HEX[b >> 4]).put((char) HEX[b & 15]);
                    } else {
                        put((char) b);
                    }
                }
            }
        }
        return put('"');
    }

    /** Doubles while that is little; what holds a large row has room for the rest of its line, and not for another. */
    private void ensure(int more) {
        if (bytes.length - length < more) {
            long wanted = (long) length + more + SLACK;
            long larger = bytes.length <= DOUBLED ? 2L * bytes.length : bytes.length + bytes.length / 8L;
            bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(wanted, larger)));
            if (bytes.length - length < more) {
                throw new IllegalStateException("a message of more than 2 GB");
            }
        }
    }
}
