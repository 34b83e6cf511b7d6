package dev.sluice.binlog.row;

import java.math.BigInteger;

/**
 * The powers of ten that printing doubles needs, each as the 126 leading bits of its binary form, rounded up to the next
 * unit, in two halves of 63 bits.
 */
final class PowersOfTen {
    private static final int SMALLEST = -292;
    private static final int LARGEST = 324;
    private static final int BITS = 126;
    private static final long[] HIGH = new long[LARGEST - SMALLEST + 1];
    private static final long[] LOW = new long[LARGEST - SMALLEST + 1];

    static {
        BigInteger half = BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE);
        for (int exponent = SMALLEST; exponent <= LARGEST; exponent++) {
            BigInteger power = BigInteger.TEN.pow(Math.abs(exponent));
            int shift = BITS - 1 - floorLog2(exponent);
            BigInteger bits = exponent >= 0
                    ? power.shiftLeft(shift)
                    : BigInteger.ONE.shiftLeft(shift).divide(power);
            BigInteger above = bits.add(BigInteger.ONE);
            HIGH[exponent - SMALLEST] = above.shiftRight(63).longValueExact();
            LOW[exponent - SMALLEST] = above.and(half).longValueExact();
        }
    }

    private PowersOfTen() {}

    static long high(int exponent) {
        return HIGH[exponent - SMALLEST];
    }

    static long low(int exponent) {
        return LOW[exponent - SMALLEST];
    }

    /** Exponent of the largest power of two that is not above a power of ten. */
    static int floorLog2(int exponentOfTen) {
        return (int) (exponentOfTen * 913_124_641_741L >> 38);
    }

    /** Exponent of the largest power of ten that is not above a power of two. */
    static int floorLog10(int exponentOfTwo) {
        return (int) (exponentOfTwo * 661_971_961_083L >> 41);
    }

    /** The same for three quarters of a power of two. */
    static int floorLog10OfThreeQuarters(int exponentOfTwo) {
        return (int) (exponentOfTwo * 661_971_961_083L - 274_743_187_321L >> 41);
    }
}
