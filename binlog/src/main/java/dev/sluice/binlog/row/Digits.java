package dev.sluice.binlog.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decimal digits, eight of them in one word and stored at once, the first one in its lowest byte; nothing depends on how
 * many a number has. What writes may leave up to eight bytes of no meaning behind the digits, so the caller makes room.
 */
final class Digits {
    /** Room for the digits of any number. */
    static final int ROOM = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EIGHT_DIGITS = 100_000_000;
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long[] PAIRS = new long[100];
    private static final long[] POWERS = new long[19];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = '0' + i / 10 | '0' + i % 10 << 8;
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private Digits() {}

    /** Writes a number without a sign; where it ends. */
    static int write(byte[] out, int at, long value) {
        if (value >= 0 && value < EIGHT_DIGITS) {
            return leading(out, at, (int) value);
        }
        long upper = value < 0 ? Long.divideUnsigned(value, EIGHT_DIGITS) : value / EIGHT_DIGITS;
        int next;
        if (upper < EIGHT_DIGITS) {
            next = leading(out, at, (int) upper);
        } else {
            long top = upper / EIGHT_DIGITS;
            next = leading(out, at, (int) top);
            LONG.set(out, next, eight((int) (upper - top * EIGHT_DIGITS)) | ZEROS);
            next += 8;
        }
        LONG.set(out, next, eight((int) (value - upper * EIGHT_DIGITS)) | ZEROS);
        return next + 8;
    }

    /** Writes a number with leading zeros up to a width of at most nine digits; where it ends. */
    static int padded(byte[] out, int at, int value, int width) {
        int next = at;
        int rest = value;
        int left = width;
        if (width == 9) {
            int first = value / (int) EIGHT_DIGITS;
            out[next++] = (byte) ('0' + first);
            rest -= first * (int) EIGHT_DIGITS;
            left = 8;
        }
        LONG.set(out, next, (eight(rest) | ZEROS) >>> 8 * (8 - left));
        return next + left;
    }

    /** Two digits as a number, the first one low. */
    static long pair(int value) {
        return PAIRS[value];
    }

    /** Whether so many digits are enough for a number, which is none below zero. */
    static boolean fit(int value, int digits) {
        return value >= 0 && value < POWERS[digits];
    }

    /** How many digits a number from 0 on has. */
    static int count(long value) {
        int guess = (64 - Long.numberOfLeadingZeros(value | 1)) * 1233 >> 12;
        return value < POWERS[guess] ? Math.max(1, guess) : guess + 1;
    }

    private static int leading(byte[] out, int at, int value) {
        long digits = eight(value);
        int zeros = Long.numberOfTrailingZeros(digits | 1L << 56) >> 3;
        LONG.set(out, at, (digits | ZEROS) >>> 8 * zeros);
        return at + 8 - zeros;
    }

    /** The digits of a number below 10^8: halved into two of four digits, these into pairs, these into single ones. */
    private static long eight(int value) {
        long upper = value / 10_000;
        long fours = upper | value - upper * 10_000 << 32;
        long hundreds = fours * 5243 >>> 19 & 0x0000_007f_0000_007fL;
        long pairs = hundreds | fours - hundreds * 100 << 16;
        long tens = pairs * 103 >>> 10 & 0x000f_000f_000f_000fL;
        return tens | pairs - tens * 10 << 8;
    }
}
