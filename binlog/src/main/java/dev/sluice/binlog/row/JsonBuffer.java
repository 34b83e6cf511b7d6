package dev.sluice.binlog.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with writers for the primitive pieces of JSON; reused from row to row. */
final class JsonBuffer {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final int KEEP = 1 << 20;
    /** So that what follows a large cell does not make the buffer larger once more. */
    private static final int SLACK = 512;

    /** For quotes around a text and what is stored behind it before it is overwritten. */
    private static final int TEXT_ROOM = 16;

    private static final short INNER_QUOTE = '\\' | '"' << 8;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    byte[] bytes = new byte[4096];
    int size;

    void reset() {
        size = 0;
        if (bytes.length > 16 * KEEP) {
            bytes = new byte[KEEP];
        }
    }

    /** Makes room for more bytes. */
    void ensure(int more) {
        if (bytes.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long wanted = (long) size + more;
        if (wanted > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("a row of more than 2 GB of JSON");
        }
        long larger = bytes.length <= 16 * KEEP ? 2L * bytes.length : bytes.length + bytes.length / 8L;
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(larger, wanted + SLACK)));
    }

    void ascii(char c) {
        ensure(1);
        bytes[size++] = (byte) c;
    }

    void raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    void ascii(String value) {
        ensure(value.length());
        for (int i = 0; i < value.length(); i++) {
            bytes[size++] = (byte) value.charAt(i);
        }
    }

    void nullValue() {
        raw(NULL);
    }

    void number(long value) {
        ensure(1 + Digits.ROOM);
        int at = size;
        if (value < 0) {
            bytes[at++] = '-';
        }
        size = Digits.write(bytes, at, Math.abs(value));
    }

    void unsigned(long value) {
        ensure(Digits.ROOM);
        size = Digits.write(bytes, size, value);
    }

    /** Two characters that need no escape. */
    void pair(char first, char second) {
        ensure(2);
        SHORT.set(bytes, size, (short) (first | second << 8));
        size += 2;
    }

    /** UTF-8 text between quotes, escaped as JSON demands and no further. */
    void quoted(byte[] in, int from, int to) {
        ensure(to - from + TEXT_ROOM);
        bytes[size++] = '"';
        escaped(in, from, to, false);
        bytes[size++] = '"';
    }

    /** A JSON string within the text of a JSON string. */
    void quotedTwice(byte[] in, int from, int to) {
        ensure(to - from + TEXT_ROOM);
        SHORT.set(bytes, size, INNER_QUOTE);
        size += 2;
        escaped(in, from, to, true);
        SHORT.set(bytes, size, INNER_QUOTE);
        size += 2;
    }

    /** A quote within the text of a JSON string. */
    void innerQuote() {
        pair('\\', '"');
    }

    /** UTF-8 text escaped once, or twice for a string within a string; leaves room for a quote. */
    void escaped(byte[] in, int from, int to, boolean twice) {
        ensure(to - from + TEXT_ROOM);
        int i = clean(in, from, to);
        while (i < to) {
            escape(in[i++], twice);
            ensure(to - i + TEXT_ROOM);
            i = clean(in, i, to);
        }
    }

    /** Copies text, eight bytes at a time, up to the first byte that needs an escape; where that is, or the end. */
    private int clean(byte[] in, int from, int to) {
        byte[] target = bytes;
        int at = size;
        int i = from;
        for (; to - i >= 8; i += 8, at += 8) {
            long word = (long) LONG.get(in, i);
            LONG.set(target, at, word);
            long special = special(word);
            if (special != 0) {
                int clean = Long.numberOfTrailingZeros(special) >> 3;
                size = at + clean;
                return i + clean;
            }
        }
        if (i < to && in.length - i >= 8) {
            long word = (long) LONG.get(in, i);
            LONG.set(target, at, word);
            int clean = Math.min(to - i, Long.numberOfTrailingZeros(special(word)) >> 3);
            size = at + clean;
            return i + clean;
        }
        for (; i < to; i++) {
            byte b = in[i];
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                break;
            }
            target[at++] = b;
        }
        size = at;
        return i;
    }

    /** Of the bits set in the result the lowest is in the first of eight bytes that is a quote, a backslash or below the space. */
    private static long special(long word) {
        // an exclusive or with 2 brings the quote next to what is below the space
        long belowOrQuote = (word ^ 2 * ONES) - 0x21 * ONES;
        long backslash = (word ^ '\\' * ONES) - ONES;
        return (belowOrQuote | backslash) & ~word & HIGH;
    }

    private void escape(int b, boolean twice) {
        if (twice) {
            ensure(10);
            bytes[size++] = '\\';
            if (b == '"' || b == '\\') {
                bytes[size++] = '\\';
            }
        }
        escape(b);
    }

    /** One ASCII character that JSON wants escaped. */
    private void escape(int b) {
        ensure(6);
        bytes[size++] = '\\';
        switch (b) {
            case '"' -> bytes[size++] = '"';
            case '\\' -> bytes[size++] = '\\';
            case '\b' -> bytes[size++] = 'b';
            case '\t' -> bytes[size++] = 't';
            case '\n' -> bytes[size++] = 'n';
            case '\f' -> bytes[size++] = 'f';
            case '\r' -> bytes[size++] = 'r';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[b >> 4];
                bytes[size++] = HEX[b & 15];
            }
        }
    }

    /** One character of a string: escaped if need be, else as UTF-8. */
    void character(int codePoint) {
        ensure(6);
        if (codePoint < 0x80) {
            if (codePoint == '"' || codePoint == '\\' || codePoint < 0x20) {
                escape(codePoint);
            } else {
                bytes[size++] = (byte) codePoint;
            }
        } else if (codePoint < 0x800) {
            bytes[size++] = (byte) (0xc0 | codePoint >> 6);
            bytes[size++] = (byte) (0x80 | codePoint & 0x3f);
        } else if (codePoint < 0x10000) {
            bytes[size++] = (byte) (0xe0 | codePoint >> 12);
            bytes[size++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
            bytes[size++] = (byte) (0x80 | codePoint & 0x3f);
        } else {
            bytes[size++] = (byte) (0xf0 | codePoint >> 18);
            bytes[size++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
            bytes[size++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
            bytes[size++] = (byte) (0x80 | codePoint & 0x3f);
        }
    }
}
