package dev.sluice.binlog.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with writers for the primitive pieces of JSON; reused from row to row. */
final class JsonBuffer {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAIRS = new byte[200];
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final int KEEP = 1 << 20;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
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
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(2L * bytes.length, wanted)));
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
        for (int i = size + width - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + value % 10);
            value /= 10;
        }
        size += width;
    }

    /** Two digits; the caller has made room. */
    void two(int value) {
        bytes[size++] = PAIRS[2 * value];
        bytes[size++] = PAIRS[2 * value + 1];
    }

    private void digits(long value) {
        int length = 1;
        for (long limit = 10; length < 19 && value >= limit; limit *= 10) {
            length++;
        }
        int at = size + length;
        size = at;
        while (value >= 100) {
            long quotient = value / 100;
            int pair = (int) (value - quotient * 100) * 2;
            bytes[--at] = PAIRS[pair + 1];
            bytes[--at] = PAIRS[pair];
            value = quotient;
        }
        if (value >= 10) {
            bytes[--at] = PAIRS[(int) value * 2 + 1];
            bytes[--at] = PAIRS[(int) value * 2];
        } else {
            bytes[--at] = (byte) ('0' + value);
        }
    }

    /** UTF-8 text between quotes, escaped as JSON demands and no further. */
    void quoted(byte[] in, int from, int to) {
        ensure(to - from + 2 + 8);
        bytes[size++] = '"';
        escaped(in, from, to);
        ensure(1);
        bytes[size++] = '"';
    }

    void escaped(byte[] in, int from, int to) {
        ensure(to - from + 8);
        int i = from;
        while (true) {
            while (to - i >= 8) {
                long word = (long) LONG.get(in, i);
                if (special(word)) {
                    break;
                }
                LONG.set(bytes, size, word);
                size += 8;
                i += 8;
            }
            int stop = Math.min(to, i + 8);
            while (i < stop) {
                byte b = in[i];
                if (b == '"' || b == '\\' || b >= 0 && b < 0x20) {
                    escape(b);
                    ensure(to - i + 8);
                } else {
                    bytes[size++] = b;
                }
                i++;
            }
            if (i >= to) {
                return;
            }
        }
    }

    /** Whether one of eight bytes is a quote, a backslash or below the space. */
    private static boolean special(long word) {
        long quote = word ^ 0x2222222222222222L;
        long slash = word ^ 0x5c5c5c5c5c5c5c5cL;
        long below = (word - 0x2020202020202020L) & ~word;
        return ((quote - ONES & ~quote | slash - ONES & ~slash | below) & HIGH) != 0;
    }

    /** One ASCII character that JSON wants escaped. */
    void escape(int b) {
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
        for (; to - i >= 3; i += 3) {
            triple((in[i] & 0xff) << 16 | (in[i + 1] & 0xff) << 8 | in[i + 2] & 0xff);
        }
        int left = (int) (total - (i - from));
        while (left > 0) {
            int value = 0;
            for (int k = 0; k < 3; k++) {
                value = value << 8 | (i + k < to ? in[i + k] & 0xff : 0);
            }
            triple(value);
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

    private void triple(int value) {
        bytes[size++] = BASE64[value >> 18 & 63];
        bytes[size++] = BASE64[value >> 12 & 63];
        bytes[size++] = BASE64[value >> 6 & 63];
        bytes[size++] = BASE64[value & 63];
    }
}
