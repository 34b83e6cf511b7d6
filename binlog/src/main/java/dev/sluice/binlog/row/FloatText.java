package dev.sluice.binlog.row;

/**
 * Writes floating-point numbers with the fewest digits that read back as the same number, laid out as MySQL does: plain
 * digits for exponents from -15 to 15, else scientific. Nothing is allocated.
 *
 * <p>Source of the digits: R. Giulietti, "The Schubfach way to render doubles".
 */
final class FloatText {
    private static final int PLAIN_BELOW = 15;
    private static final double EXACT_BELOW = 1e15;
    private static final double SHORT_BELOW = 1e11;
    private static final float EXACT_FLOAT_BELOW = 1 << 24;
    private static final int DOUBLE_FRACTION = 52;
    private static final int FLOAT_FRACTION = 23;
    private static final int DOUBLE_BIAS = 1075;
    private static final int FLOAT_BIAS = 150;
    private static final long LOW_63_BITS = Long.MAX_VALUE;

    private FloatText() {}

    static int writeDouble(JsonBuffer out, int put, double value) {
        long bits = Double.doubleToRawLongBits(value);
        refuseNonFinite(value);
        int at = sign(out, put, bits < 0);
        double magnitude = Math.abs(value);
        if (magnitude < EXACT_BELOW && magnitude == (long) magnitude) {
            return out.number(at, (long) magnitude);
        }
        if (magnitude < SHORT_BELOW) {
            int end = fourDecimals(out, at, magnitude);
            if (end > at) {
                return end;
            }
        }
        long fraction = bits & (1L << DOUBLE_FRACTION) - 1;
        return shortest(out, at, fraction, (int) (bits >>> DOUBLE_FRACTION) & 0x7ff, DOUBLE_FRACTION, DOUBLE_BIAS);
    }

    static int writeFloat(JsonBuffer out, int put, float value) {
        int bits = Float.floatToRawIntBits(value);
        refuseNonFinite(value);
        int at = sign(out, put, bits < 0);
        float magnitude = Math.abs(value);
        if (magnitude < EXACT_FLOAT_BELOW && magnitude == (int) magnitude) {
            return out.number(at, (int) magnitude);
        }
        int fraction = bits & (1 << FLOAT_FRACTION) - 1;
        return shortest(out, at, fraction, bits >>> FLOAT_FRACTION & 0xff, FLOAT_FRACTION, FLOAT_BIAS);
    }

    /**
     * Writes a number that at most four decimals tell, as most numbers do that people have written. With no more than 15
     * digits no other number reads the same, so there are no fewer digits for it either.
     *
     * @return where it ends; where it would begin if it takes more decimals
     */
    private static int fourDecimals(JsonBuffer out, int put, double magnitude) {
        long scaled = (long) (magnitude * 1e4 + 0.5);
        if (scaled / 1e4 != magnitude) {
            return put;
        }
        byte[] target = out.room(put, 2 * Digits.ROOM);
        long whole = scaled / 10_000;
        int at = Digits.write(target, put, whole);
        target[at++] = '.';
        at = Digits.padded(target, at, (int) (scaled - whole * 10_000), 4);
        while (target[at - 1] == '0') {
            at--;
        }
        return at;
    }

    private static void refuseNonFinite(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("the number " + value + " is not finite");
        }
    }

    private static int sign(JsonBuffer out, int put, boolean negative) {
        return negative ? out.ascii(put, '-') : put;
    }

    /** Writes the decimal with the fewest digits that rounds to the number, and of those the closest one. */
    private static int shortest(JsonBuffer out, int put, long fraction, int exponent, int fractionBits, int bias) {
        boolean subnormal = exponent == 0;
        long significand = subnormal ? fraction : fraction | 1L << fractionBits;
        int power = subnormal ? 1 - bias : exponent - bias;
        // below a power of two the numbers lie half as far apart as above it
        boolean evenlySpaced = fraction != 0 || exponent <= 1;
        int scale = evenlySpaced ? PowersOfTen.floorLog10(power) : PowersOfTen.floorLog10OfThreeQuarters(power);
        int shift = power + PowersOfTen.floorLog2(-scale) + 2;
        long high = PowersOfTen.high(-scale);
        long low = PowersOfTen.low(-scale);

        // four times the number and the ends of what rounds to it, in units of 10^scale
        long middle = scaled(high, low, significand << 2 << shift);
        long odd = significand & 1;
        long lower = scaled(high, low, (significand << 2) - (evenlySpaced ? 2 : 1) << shift) + odd;
        long upper = scaled(high, low, (significand << 2) + 2 << shift) - odd;

        long digits = middle >> 2;
        long tens = digits / 10;
        boolean tensInside = lower <= 40 * tens;
        boolean nextTensInside = 40 * tens + 40 <= upper;
        if (digits >= 10 && tensInside != nextTensInside) {
            return layOut(out, put, nextTensInside ? tens + 1 : tens, scale + 1);
        }
        boolean inside = lower <= 4 * digits;
        boolean nextInside = 4 * digits + 4 <= upper;
        boolean up;
        if (inside == nextInside) {
            long half = 4 * digits + 2;
            up = middle > half || middle == half && (digits & 1) != 0;
        } else {
            up = nextInside;
        }
        return layOut(out, put, up ? digits + 1 : digits, scale);
    }

    /** The product with a power of ten, rounded to odd. */
    private static long scaled(long high, long low, long factor) {
        long carry = Math.multiplyHigh(low, factor);
        long middle = high * factor;
        long top = Math.multiplyHigh(high, factor);
        long rest = (middle >>> 1) + carry;
        return top + (rest >>> 63) | (rest & LOW_63_BITS) + LOW_63_BITS >>> 63;
    }

    /** Writes digits x 10^scale. */
    private static int layOut(JsonBuffer out, int put, long significant, int scaleOfLast) {
        long digits = significant;
        int scale = scaleOfLast;
        while (digits % 10 == 0) {
            digits /= 10;
            scale++;
        }
        int count = Digits.count(digits);
        int point = count + scale;
        byte[] target = out.room(put, 2 * Digits.ROOM);
        int at = put;
        if (point > PLAIN_BELOW && count <= point || point <= -PLAIN_BELOW) {
            at = pointed(target, at, digits, count, 1);
            target[at++] = 'e';
            if (point < 1) {
                target[at++] = '-';
            }
            at = Digits.write(target, at, Math.abs(point - 1));
        } else if (point <= 0) {
            target[at++] = '0';
            target[at++] = '.';
            at = Digits.write(target, zeros(target, at, -point), digits);
        } else if (count <= point) {
            at = zeros(target, Digits.write(target, at, digits), point - count);
        } else {
            at = pointed(target, at, digits, count, point);
        }
        return at;
    }

    /** Digits with a point behind the first ones, unless these are all. */
    private static int pointed(byte[] out, int at, long digits, int count, int before) {
        if (count == before) {
            return Digits.write(out, at, digits);
        }
        int end = Digits.write(out, at + 1, digits);
        for (int i = at; i < at + before; i++) {
            out[i] = out[i + 1];
        }
        out[at + before] = '.';
        return end;
    }

    private static int zeros(byte[] out, int at, int count) {
        for (int i = at; i < at + count; i++) {
            out[i] = '0';
        }
        return at + count;
    }
}
