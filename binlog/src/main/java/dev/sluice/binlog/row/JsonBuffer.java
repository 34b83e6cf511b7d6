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
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    /** The four characters of base64 come from two of these pairs, each for twelve bits, the first character low. */
    private static final short[] BASE64_PAIRS = new short[1 << 12];

    /** Two digits in one number, the first one low. */
    private static final short[] PAIRS = new short[100];

    private static final long[] POWERS = new long[19];
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final int KEEP = 1 << 20;
    private static final long EIGHT_DIGITS = 100_000_000;
    /** So that what follows a large cell does not make the buffer larger once more. */
    private static final int SLACK = 512;

    private static final long SPACES = 0x2020202020202020L;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[i] = (short) ('0' + i / 10 | '0' + i % 10 << 8);
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        for (int i = 0; i < BASE64_PAIRS.length; i++) {
            BASE64_PAIRS[i] = (short) (BASE64[i >> 6] | BASE64[i & 63] << 8);
        }
    }

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
            long wanted = (long) size + more;
            if (wanted > Integer.MAX_VALUE - 16) {
                throw new IllegalArgumentException("a row of more than 2 GB of JSON");
            }
            long larger = bytes.length <= 16 * KEEP ? 2L * bytes.length : bytes.length + bytes.length / 8L;
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(larger, wanted + SLACK)));
        }
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
        ensure(20);
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                ascii("-9223372036854775808");
                return;
            }
            bytes[size++] = '-';
            value = -value;
        }
        digits(value);
    }

    void unsigned(long value) {
        if (value >= 0) {
            ensure(20);
            digits(value);
        } else {
            long quotient = Long.divideUnsigned(value, 10);
            ensure(20);
            digits(quotient);
            bytes[size++] = (byte) ('0' + (value - quotient * 10));
        }
    }

    /** A number with leading zeros up to the width; the caller has made room. */
    void padded(int value, int width) {
        byte[] target = bytes;
        int at = size + width;
        int left = width;
        for (; left >= 2; left -= 2) {
            int quotient = value / 100;
            at -= 2;
            SHORT.set(target, at, PAIRS[value - quotient * 100]);
            value = quotient;
        }
        if (left == 1) {
            target[--at] = (byte) ('0' + value % 10);
        }
        size += width;
    }

    /** Two digits; the caller has made room. */
    void two(int value) {
        SHORT.set(bytes, size, PAIRS[value]);
        size += 2;
    }

    /** How many decimal digits a number from 0 on has. */
    static int digitsOf(long value) {
        int guess = (64 - Long.numberOfLeadingZeros(value | 1)) * 1233 >> 12;
        return value < POWERS[guess] ? Math.max(1, guess) : guess + 1;
    }

    private void digits(long value) {
        byte[] target = bytes;
        int at = size + digitsOf(value);
        size = at;
        while (value > Integer.MAX_VALUE) {
            long quotient = value / EIGHT_DIGITS;
            int low = (int) (value - quotient * EIGHT_DIGITS);
            int upper = low / 10_000;
            int lower = low - upper * 10_000;
            at -= 8;
            SHORT.set(target, at, PAIRS[upper / 100]);
            SHORT.set(target, at + 2, PAIRS[upper % 100]);
            SHORT.set(target, at + 4, PAIRS[lower / 100]);
            SHORT.set(target, at + 6, PAIRS[lower % 100]);
            value = quotient;
        }
        int rest = (int) value;
        while (rest >= 100) {
            int quotient = rest / 100;
            at -= 2;
            SHORT.set(target, at, PAIRS[rest - quotient * 100]);
            rest = quotient;
        }
        if (rest >= 10) {
            SHORT.set(target, at - 2, PAIRS[rest]);
        } else {
            target[--at] = (byte) ('0' + rest);
        }
    }

    /** Two characters that need no escape. */
    void pair(char first, char second) {
        ensure(2);
        SHORT.set(bytes, size, (short) (first | second << 8));
        size += 2;
    }

    /** UTF-8 text between quotes, escaped as JSON demands and no further. */
    void quoted(byte[] in, int from, int to) {
        ensure(to - from + 2 + 8);
        bytes[size++] = '"';
        escaped(in, from, to, false);
        ensure(1);
        bytes[size++] = '"';
    }

    /** A JSON string within the text of a JSON string. */
    void quotedTwice(byte[] in, int from, int to) {
        innerQuote();
        escaped(in, from, to, true);
        innerQuote();
    }

    /** A quote within the text of a JSON string. */
    void innerQuote() {
        pair('\\', '"');
    }

    /** UTF-8 text escaped once, or twice for a string within a string; eight bytes at a time as far as none needs it. */
    void escaped(byte[] in, int from, int to, boolean twice) {
        ensure(to - from + 8);
        int i = from;
        while (to - i >= 8) {
            long word = (long) LONG.get(in, i);
            LONG.set(bytes, size, word);
            long special = special(word);
            if (special == 0) {
                size += 8;
                i += 8;
            } else {
                int clean = Long.numberOfTrailingZeros(special) >> 3;
                size += clean;
                i += clean;
                escape(in[i++], twice);
                ensure(to - i + 8);
            }
        }
        if (i < to && in.length - i >= 8) {
            long word = (long) LONG.get(in, i);
            long beyond = -1L << 8 * (to - i);
            if (special(word & ~beyond | SPACES & beyond) == 0) {
                LONG.set(bytes, size, word);
                size += to - i;
                return;
            }
        }
        while (i < to) {
            byte b = in[i++];
            if (b == '"' || b == '\\' || b >= 0 && b < 0x20) {
                escape(b, twice);
                ensure(to - i + 8);
            } else {
                bytes[size++] = b;
            }
        }
    }

    /** Flags in the top bit of each of eight bytes; the lowest is of a quote, a backslash or a byte below the space. */
    private static long special(long word) {
        long quote = word ^ 0x2222222222222222L;
        long slash = word ^ 0x5c5c5c5c5c5c5c5cL;
        long below = (word - SPACES) & ~word;
        return (quote - ONES & ~quote | slash - ONES & ~slash | below) & HIGH;
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

    /** Base64 between quotes, of the bytes followed by so many zero bytes. */
    void base64(byte[] in, int from, int to, int zeros) {
        long total = (long) to - from + zeros;
        long chars = (total + 2) / 3 * 4;
        if (chars > Integer.MAX_VALUE - 1024) {
            throw new IllegalArgumentException("a value of " + total + " bytes is too long");
        }
        ensure((int) chars + 2);
        bytes[size++] = '"';
        int i = from;
        byte[] target = bytes;
        int at = size;
        for (; to - i >= 3; i += 3, at += 4) {
            INT.set(target, at, quadruple((in[i] & 0xff) << 16 | (in[i + 1] & 0xff) << 8 | in[i + 2] & 0xff));
        }
        size = at;
        int left = (int) (total - (i - from));
        while (left > 0) {
            int value = 0;
            for (int k = 0; k < 3; k++) {
                value = value << 8 | (i + k < to ? in[i + k] & 0xff : 0);
            }
            INT.set(target, size, quadruple(value));
            size += 4;
            if (left < 3) {
                bytes[size - 1] = '=';
                if (left == 1) {
                    bytes[size - 2] = '=';
                }
            }
            i = (int) Math.min((long) i + 3, Integer.MAX_VALUE - 8);
            left -= 3;
        }
        bytes[size++] = '"';
    }

    private static int quadruple(int value) {
        return BASE64_PAIRS[value >> 12] & 0xffff | BASE64_PAIRS[value & 0xfff] << 16;
    }
}
