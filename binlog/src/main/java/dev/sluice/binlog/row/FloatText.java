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
    private static final float EXACT_FLOAT_BELOW = 1 << 24;
    private static final int DOUBLE_FRACTION = 52;
    private static final int FLOAT_FRACTION = 23;
    private static final int DOUBLE_BIAS = 1075;
    private static final int FLOAT_BIAS = 150;
    private static final long LOW_63_BITS = Long.MAX_VALUE;

    private FloatText() {}

    static void writeDouble(JsonBuffer out, double value) {
        long bits = Double.doubleToRawLongBits(value);
        refuseNonFinite(value);
        sign(out, bits < 0);
        double magnitude = Math.abs(value);
        if (magnitude < EXACT_BELOW && magnitude == (long) magnitude) {
            out.number((long) magnitude);
            return;
        }
        long fraction = bits & (1L << DOUBLE_FRACTION) - 1;
        shortest(out, fraction, (int) (bits >>> DOUBLE_FRACTION) & 0x7ff, DOUBLE_FRACTION, DOUBLE_BIAS);
    }

    static void writeFloat(JsonBuffer out, float value) {
        int bits = Float.floatToRawIntBits(value);
        refuseNonFinite(value);
        sign(out, bits < 0);
        float magnitude = Math.abs(value);
        if (magnitude < EXACT_FLOAT_BELOW && magnitude == (int) magnitude) {
            out.number((int) magnitude);
            return;
        }
        int fraction = bits & (1 << FLOAT_FRACTION) - 1;
        shortest(out, fraction, bits >>> FLOAT_FRACTION & 0xff, FLOAT_FRACTION, FLOAT_BIAS);
    }

    private static void refuseNonFinite(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("the number " + value + " is not finite");
        }
    }

    private static void sign(JsonBuffer out, boolean negative) {
        if (negative) {
            out.ascii('-');
        }
    }

    /** Writes the decimal with the fewest digits that rounds to the number, and of those the closest one. */
    private static void shortest(JsonBuffer out, long fraction, int exponent, int fractionBits, int bias) {
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
            layOut(out, nextTensInside ? tens + 1 : tens, scale + 1);
            return;
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
        layOut(out, up ? digits + 1 : digits, scale);
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
    private static void layOut(JsonBuffer out, long digits, int scale) {
        while (digits % 10 == 0) {
            digits /= 10;
            scale++;
        }
        int count = JsonBuffer.digitsOf(digits);
        int point = count + scale;
        out.ensure(40);
        if (point > PLAIN_BELOW && count <= point || point <= -PLAIN_BELOW) {
            pointed(out, digits, count, 1);
            out.ascii('e');
            out.number(point - 1);
        } else if (point <= 0) {
            out.bytes[out.size++] = '0';
            out.bytes[out.size++] = '.';
            zeros(out, -point);
            out.number(digits);
        } else if (count <= point) {
            out.number(digits);
            zeros(out, point - count);
        } else {
            pointed(out, digits, count, point);
        }
    }

    /** Digits with a point behind the first ones, unless these are all. */
    private static void pointed(JsonBuffer out, long digits, int count, int before) {
        int at = out.size;
        if (count == before) {
            out.number(digits);
            return;
        }
        out.size++;
        out.number(digits);
        byte[] bytes = out.bytes;
        for (int i = 0; i < before; i++) {
            bytes[at + i] = bytes[at + i + 1];
        }
        bytes[at + before] = '.';
    }

    private static void zeros(JsonBuffer out, int count) {
        for (int i = 0; i < count; i++) {
            out.bytes[out.size++] = '0';
        }
    }
}
