package dev.sluice.binlog.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes bytes as base64 between quotes. */
final class Base64Text {
    private static final VarHandle STORED = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    /** The two characters of twelve bits, the first one low. */
    private static final short[] PAIRS = new short[1 << 12];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) (ALPHABET[i >> 6] | ALPHABET[i & 63] << 8);
        }
    }

    private Base64Text() {}

    /** Writes the bytes followed by so many zero bytes; where they end. */
    static int write(JsonBuffer out, int put, byte[] in, int from, int to, int zeros) {
        long total = (long) to - from + zeros;
        long chars = (total + 2) / 3 * 4;
        if (chars > Integer.MAX_VALUE - 1024) {
            throw new IllegalArgumentException("a value of " + total + " bytes is too long");
        }
        byte[] target = out.room(put, (int) chars + 2 + JsonBuffer.PIECE);
        int at = put;
        target[at++] = '"';
        int i = from;
        for (; to - i >= 8; i += 6, at += 8) {
            long six = (long) STORED.get(in, i);
            LONG.set(
                    target,
                    at,
                    PAIRS[(int) (six >>> 52)]
                            | (long) PAIRS[(int) (six >>> 40) & 0xfff] << 16
                            | (long) PAIRS[(int) (six >>> 28) & 0xfff] << 32
                            | (long) PAIRS[(int) (six >>> 16) & 0xfff] << 48);
        }
        for (long left = total - (i - from); left > 0; left -= 3, at += 4) {
            int three = 0;
            for (int k = 0; k < 3; k++) {
                three = three << 8 | (i < to ? in[i++] & 0xff : 0);
            }
            INT.set(target, at, PAIRS[three >> 12] | PAIRS[three & 0xfff] << 16);
            if (left < 3) {
                target[at + 3] = '=';
                if (left == 1) {
                    target[at + 2] = '=';
                }
            }
        }
        target[at] = '"';
        return at + 1;
    }
}
