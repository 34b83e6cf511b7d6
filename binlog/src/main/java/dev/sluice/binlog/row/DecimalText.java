package dev.sluice.binlog.row;

/**
 * Writes MySQL's binary decimals with exactly their digits.
 *
 * <p>Source: MySQL sources, strings/decimal.c, decimal2bin: groups of nine digits in four bytes, the rest in fewer, big
 * endian, the top bit flipped, all bits inverted when negative.
 */
final class DecimalText {
    private static final int[] BYTES_FOR_DIGITS = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

    private DecimalText() {}

    static int storedBytes(int precision, int scale) {
        int whole = precision - scale;
        return whole / 9 * 4 + BYTES_FOR_DIGITS[whole % 9] + scale / 9 * 4 + BYTES_FOR_DIGITS[scale % 9];
    }

    /** Writes the digits without quotes; where they end. */
    static int write(JsonBuffer out, int put, byte[] in, int from, int precision, int scale) {
        byte[] target = out.room(put, precision + Digits.ROOM);
        int to = put;
        int at = from;
        int flip = in[from] < 0 ? 0 : -1;
        if (flip != 0) {
            target[to++] = '-';
        }
        boolean any = false;
        boolean nonZero = false;
        int mask = 0x80;
        int whole = precision - scale;
        int digits = whole % 9 == 0 ? 9 : whole % 9;
        for (int left = whole; left > 0; left -= digits, digits = 9) {
            int width = BYTES_FOR_DIGITS[digits];
            int group = group(in, at, digits, flip, mask);
            mask = 0;
            at += width;
            if (any) {
                to = Digits.padded(target, to, group, digits);
            } else if (group != 0) {
                to = Digits.write(target, to, group);
                any = true;
            }
        }
        if (any) {
            nonZero = true;
        } else {
            target[to++] = '0';
        }
        if (scale > 0) {
            target[to++] = '.';
            for (int left = scale; left > 0; left -= digits) {
                digits = Math.min(9, left);
                int width = BYTES_FOR_DIGITS[digits];
                int group = group(in, at, digits, flip, mask);
                mask = 0;
                at += width;
                to = Digits.padded(target, to, group, digits);
                nonZero |= group != 0;
            }
        }
        if (flip != 0 && !nonZero) {
            System.arraycopy(target, put + 1, target, put, to - put - 1);
            to--;
        }
        return to;
    }

    private static int group(byte[] in, int at, int digits, int flip, int mask) {
        int width = BYTES_FOR_DIGITS[digits];
        int value = (in[at] ^ flip ^ mask) & 0xff;
        for (int i = 1; i < width; i++) {
            value = value << 8 | (in[at + i] ^ flip) & 0xff;
        }
        if (!Digits.fit(value, digits)) {
            throw new IllegalArgumentException(
                    "a decimal with " + Integer.toUnsignedString(value) + " in place of " + digits + " digits");
        }
        return value;
    }
}
