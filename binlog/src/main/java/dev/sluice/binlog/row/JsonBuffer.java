package dev.sluice.binlog.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array with writers for the primitive pieces of JSON; reused from row to row. Whatever writes is told where and
 * says where it ended: a row has some sixty pieces, and each would wait for the last one's end to come back from memory.
 */
final class JsonBuffer {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;
    private static final int KEEP = 1 << 20;
    /** So that what follows a large cell does not make the buffer larger once more. */
    private static final int SLACK = 512;

    /** Room that every piece written leaves behind it: for a separator, and what is stored behind that in the same word. */
    static final int PIECE = 8;

    /** For quotes around a text and what is stored behind it before it is overwritten. */
    private static final int TEXT_ROOM = 16;

    private static final short INNER_QUOTE = '\\' | '"' << 8;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    byte[] bytes = new byte[4096];
    /** Where the last row ends. */
    int size;

    void reset() {
        size = 0;
        if (bytes.length > 16 * KEEP) {
            bytes = new byte[KEEP];
        }
    }

    /** The bytes, with room for more behind a place up to which they are written. */
    byte[] room(int at, int more) {
        if (bytes.length - at < more) {
            size = at;
            grow(more);
        }
        return bytes;
    }

    private void grow(int more) {
        long wanted = (long) size + more;
        if (wanted > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("a row of more than 2 GB of JSON");
        }
        long larger = bytes.length <= 16 * KEEP ? 2L * bytes.length : bytes.length + bytes.length / 8L;
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(larger, wanted + SLACK)));
    }

    /** Writes bytes as they are at a place; where they end, as with all that takes a place. */
    int raw(int at, byte[] value) {
        System.arraycopy(value, 0, room(at, value.length + PIECE), at, value.length);
        return at + value.length;
    }

    int nullValue(int at) {
        INT.set(room(at, 4 + PIECE), at, NULL);
        return at + 4;
    }

    int number(int at, long value) {
        byte[] target = room(at, 1 + Digits.ROOM);
        int digits = at;
        if (value < 0) {
            target[digits++] = '-';
        }
        return Digits.write(target, digits, Math.abs(value));
    }

    int unsigned(int at, long value) {
        return Digits.write(room(at, Digits.ROOM), at, value);
    }

    /** A character that needs no escape. */
    int ascii(int at, char c) {
        room(at, 1 + PIECE)[at] = (byte) c;
        return at + 1;
    }

    /** Two characters that need no escape. */
    int pair(int at, char first, char second) {
        SHORT.set(room(at, 2 + PIECE), at, (short) (first | second << 8));
        return at + 2;
    }

    /** UTF-8 text between quotes, escaped as JSON demands and no further. */
    int quoted(int at, byte[] in, int from, int to) {
        room(at, to - from + TEXT_ROOM)[at] = '"';
        int end = escaped(at + 1, in, from, to, false);
        bytes[end] = '"';
        return end + 1;
    }

    /** A JSON string within the text of a JSON string. */
    int quotedTwice(int at, byte[] in, int from, int to) {
        int length = to - from;
        byte[] target = room(at, length + TEXT_ROOM);
        SHORT.set(target, at, INNER_QUOTE);
        if (length <= 8 && in.length - from >= 8) {
            long word = (long) LONG.get(in, from);
            if (Long.numberOfTrailingZeros(special(word)) >> 3 >= length) {
                LONG.set(target, at + 2, word);
                SHORT.set(target, at + 2 + length, INNER_QUOTE);
                return at + 4 + length;
            }
        }
        int end = escaped(at + 2, in, from, to, true);
        SHORT.set(bytes, end, INNER_QUOTE);
        return end + 2;
    }

    /** UTF-8 text escaped once, or twice for a string within a string; leaves room for a quote more than others. */
    int escaped(int from, byte[] in, int start, int to, boolean twice) {
        int at = from;
        int i = start;
        while (true) {
            room(at, to - i + TEXT_ROOM);
            int next = clean(at, in, i, to);
            at += next - i;
            if (next == to) {
                return at;
            }
            at = escape(at, in[next], twice);
            i = next + 1;
        }
    }

    /** Copies text, eight bytes at a time, up to the first byte that needs an escape; where that is, or the end. */
    private int clean(int from, byte[] in, int start, int to) {
        byte[] target = bytes;
        int at = from;
        int i = start;
        for (; to - i >= 8; i += 8, at += 8) {
            long word = (long) LONG.get(in, i);
            LONG.set(target, at, word);
            long special = special(word);
            if (special != 0) {
                return i + (Long.numberOfTrailingZeros(special) >> 3);
            }
        }
        if (i < to && in.length - i >= 8) {
            long word = (long) LONG.get(in, i);
            LONG.set(target, at, word);
            return i + Math.min(to - i, Long.numberOfTrailingZeros(special(word)) >> 3);
        }
        for (; i < to; i++) {
            byte b = in[i];
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                break;
            }
            target[at++] = b;
        }
        return i;
    }

    /** Of the bits set in the result the lowest is in the first of eight bytes that is a quote, a backslash or below the space. */
    private static long special(long word) {
        // an exclusive or with 2 brings the quote next to what is below the space
        long belowOrQuote = (word ^ 2 * ONES) - 0x21 * ONES;
        long backslash = (word ^ '\\' * ONES) - ONES;
        return (belowOrQuote | backslash) & ~word & HIGH;
    }

    private int escape(int at, int b, boolean twice) {
        int next = at;
        if (twice) {
            byte[] target = room(at, 2);
            target[next++] = '\\';
            if (b == '"' || b == '\\') {
                target[next++] = '\\';
            }
        }
        return escape(next, b);
    }

    /** One ASCII character that JSON wants escaped. */
    private int escape(int at, int b) {
        byte[] target = room(at, 6 + PIECE);
        target[at] = '\\';
        switch (b) {
            case '"' -> target[at + 1] = '"';
            case '\\' -> target[at + 1] = '\\';
            case '\b' -> target[at + 1] = 'b';
            case '\t' -> target[at + 1] = 't';
            case '\n' -> target[at + 1] = 'n';
            case '\f' -> target[at + 1] = 'f';
            case '\r' -> target[at + 1] = 'r';
            default -> {
                target[at + 1] = 'u';
                target[at + 2] = '0';
                target[at + 3] = '0';
                target[at + 4] = HEX[b >> 4];
                target[at + 5] = HEX[b & 15];
                return at + 6;
            }
        }
        return at + 2;
    }

    /** One character of a string: escaped if need be, else as UTF-8. */
    int character(int from, int codePoint) {
        byte[] target = room(from, 4 + PIECE);
        int at = from;
        if (codePoint < 0x80) {
            if (codePoint == '"' || codePoint == '\\' || codePoint < 0x20) {
                return escape(at, codePoint);
            }
            target[at++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            target[at++] = (byte) (0xc0 | codePoint >> 6);
            target[at++] = (byte) (0x80 | codePoint & 0x3f);
        } else if (codePoint < 0x10000) {
            target[at++] = (byte) (0xe0 | codePoint >> 12);
            target[at++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
            target[at++] = (byte) (0x80 | codePoint & 0x3f);
        } else {
            target[at++] = (byte) (0xf0 | codePoint >> 18);
            target[at++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
            target[at++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
            target[at++] = (byte) (0x80 | codePoint & 0x3f);
        }
        return at;
    }
}
