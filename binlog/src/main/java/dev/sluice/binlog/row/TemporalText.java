package dev.sluice.binlog.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes MySQL's packed dates and times as JSON strings.
 *
 * <p>Source: MySQL internals, "Date and Time Data Type Representation".
 */
final class TemporalText {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Room for any date or time, and for what is written behind it before it is overwritten. */
    private static final int ROOM = 48;

    private TemporalText() {}

    static int date(JsonBuffer out, int put, int packed) {
        byte[] target = out.room(put, ROOM);
        int end = day(target, put, packed >> 9, packed >> 5 & 15, packed & 31);
        target[end] = '"';
        return end + 1;
    }

    /** DATETIME(fsp): 5 bytes big endian offset by 2^39, then the fraction. */
    static int datetime(JsonBuffer out, int put, byte[] in, int at, int fsp) {
        long packed = bigEndian(in, at, 5) - 0x8000000000L;
        if (packed < 0) {
            throw new IllegalArgumentException("a DATETIME below zero");
        }
        return packedDatetime(out, put, packed, fraction(in, at + 5, fsp), fsp);
    }

    /** Year-month, day, hour, minute and second in 17 + 5 + 5 + 6 + 6 bits. */
    static int packedDatetime(JsonBuffer out, int put, long packed, int fraction, int fsp) {
        int yearMonth = (int) (packed >> 22);
        int time = (int) (packed & 0x1ffff);
        byte[] target = out.room(put, ROOM);
        int at = day(target, put, yearMonth / 13, yearMonth % 13, (int) (packed >> 17 & 31));
        target[at++] = ' ';
        return clock(target, at, time >> 12, time >> 6 & 63, time & 63, fraction, fsp);
    }

    /** DATETIME as it was before 5.6: a number YYYYMMDDhhmmss. */
    static int oldDatetime(JsonBuffer out, int put, long number) {
        int day = (int) (number / 1_000_000);
        int time = (int) (number % 1_000_000);
        byte[] target = out.room(put, ROOM);
        int at = day(target, put, day / 10_000, day / 100 % 100, day % 100);
        target[at++] = ' ';
        return clock(target, at, time / 10_000, time / 100 % 100, time % 100, 0, 0);
    }

    /** TIMESTAMP(fsp): 4 bytes big endian of seconds, then the fraction. */
    static int timestamp(JsonBuffer out, int put, byte[] in, int at, int fsp) {
        return epoch(out, put, bigEndian(in, at, 4), fraction(in, at + 4, fsp), fsp);
    }

    /** Seconds since 1970 in UTC; second 0 is MySQL's zero timestamp. */
    static int epoch(JsonBuffer out, int put, long seconds, int fraction, int fsp) {
        byte[] target = out.room(put, ROOM);
        int at = seconds == 0 ? day(target, put, 0, 0, 0) : civilDay(target, put, (int) (seconds / 86_400));
        target[at++] = ' ';
        int second = (int) (seconds % 86_400);
        return clock(target, at, second / 3600, second / 60 % 60, second % 60, fraction, fsp);
    }

    /** TIME(fsp): 3 bytes and the fraction as one big-endian number, offset so that negative ones sort below. */
    static int time(JsonBuffer out, int put, byte[] in, int at, int fsp) {
        int fractionBytes = (fsp + 1) / 2;
        int width = 3 + fractionBytes;
        long value = bigEndian(in, at, width) - (1L << 8 * width - 1);
        boolean negative = value < 0;
        long magnitude = Math.abs(value);
        int whole = (int) (magnitude >> 8 * fractionBytes);
        int fraction = (int) (magnitude & (1L << 8 * fractionBytes) - 1);
        if ((fsp & 1) == 1) {
            fraction /= 10;
        }
        return signedTime(out, put, negative, whole >> 12 & 0x3ff, whole >> 6 & 63, whole & 63, fraction, fsp);
    }

    /** TIME as it was before 5.6: a signed number hhmmss of 3 bytes. */
    static int oldTime(JsonBuffer out, int put, int number) {
        int magnitude = Math.abs(number);
        return signedTime(out, put, number < 0, magnitude / 10_000, magnitude / 100 % 100, magnitude % 100, 0, 0);
    }

    static int signedTime(
            JsonBuffer out, int put, boolean negative, int hour, int minute, int second, int fraction, int fsp) {
        byte[] target = out.room(put, ROOM);
        int at = put;
        target[at++] = '"';
        if (negative) {
            target[at++] = '-';
        }
        return clock(target, at, hour, minute, second, fraction, fsp);
    }

    /** Writes a quote and a day. */
    private static int day(byte[] out, int at, int year, int month, int day) {
        if (year > 9999) {
            throw new IllegalArgumentException("year " + year);
        }
        LONG.set(
                out,
                at,
                '"'
                        | Digits.pair(year / 100) << 8
                        | Digits.pair(year % 100) << 24
                        | (long) '-' << 40
                        | Digits.pair(month) << 48);
        LONG.set(out, at + 8, '-' | Digits.pair(day) << 8);
        return at + 11;
    }

    /** Writes a time of day and a quote. */
    private static int clock(byte[] out, int from, int hour, int minute, int second, int fraction, int fsp) {
        int at = from;
        if (hour >= 100) {
            out[at++] = (byte) ('0' + hour / 100);
        }
        LONG.set(
                out,
                at,
                Digits.pair(hour % 100)
                        | ':' << 16
                        | Digits.pair(minute) << 24
                        | (long) ':' << 40
                        | Digits.pair(second) << 48);
        at += 8;
        if (fsp > 0) {
            if (!Digits.fit(fraction, fsp)) {
                throw new IllegalArgumentException("fraction " + fraction + " of a second with " + fsp + " digits");
            }
            out[at++] = '.';
            at = Digits.padded(out, at, fraction, fsp);
        }
        out[at++] = '"';
        return at;
    }

    /** Days since 1970 to the Gregorian calendar, by eras of 400 years that start in March. */
    private static int civilDay(byte[] out, int at, int days) {
        int shifted = days + 719_468;
        int era = shifted / 146_097;
        int dayOfEra = shifted - era * 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return day(out, at, year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    }

    /** The fraction in units of its last digit. */
    private static int fraction(byte[] in, int at, int fsp) {
        if (fsp == 0) {
            return 0;
        }
        int stored = (int) bigEndian(in, at, (fsp + 1) / 2);
        return (fsp & 1) == 1 ? stored / 10 : stored;
    }

    static long bigEndian(byte[] in, int at, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | in[at + i] & 0xff;
        }
        return value;
    }
}
