package dev.sluice.change.condition;

import dev.sluice.change.message.CellText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A constant that cells are compared with, byte by byte where that is exact. Immutable. */
sealed interface Constant {
    /** Whether a cell that is not NULL is less than, equal to or greater than the constant. */
    int compare(byte[] bytes, int from, int to);

    static Constant number(String text) {
        return new Number(new BigDecimal(text));
    }

    static Constant text(String text) {
        return new Text(text.getBytes(StandardCharsets.UTF_8));
    }

    static boolean isMoment(String text) {
        return Moment.FORM.matcher(text).matches();
    }

    static Constant moment(String text) {
        return new Moment(
                (text.replace('T', ' ') + Moment.START.substring(text.length())).getBytes(StandardCharsets.US_ASCII));
    }

    static boolean isDuration(String text) {
        return Duration.FORM.matcher(text).matches();
    }

    static Constant duration(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new Duration(Duration.micros(bytes, 0, bytes.length));
    }

    /** Numbers of any kind, exactly as their digits say. */
    record Number(BigDecimal value, long small, boolean isSmall) implements Constant {
        /** So many digits always fit into a long. */
        private static final int SAFE_DIGITS = 18;

        Number(BigDecimal value) {
            this(value, isSmall(value) ? value.longValueExact() : 0, isSmall(value));
        }

        private static boolean isSmall(BigDecimal value) {
            return value.stripTrailingZeros().scale() <= 0 && value.precision() - value.scale() <= SAFE_DIGITS;
        }

        @Override
        public int compare(byte[] bytes, int from, int to) {
            boolean quoted = bytes[from] == '"';
            int start = quoted ? from + 1 : from;
            int end = quoted ? to - 1 : to;
            boolean negative = bytes[start] == '-';
            int first = negative ? start + 1 : start;
            if (isSmall && end - first <= SAFE_DIGITS) {
                long number = 0;
                int i = first;
                while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
                    number = number * 10 + bytes[i++] - '0';
                }
                if (i == end) {
                    return Long.compare(negative ? -number : number, small);
                }
            }
            return new BigDecimal(new String(bytes, start, end - start, StandardCharsets.US_ASCII)).compareTo(value);
        }
    }

    /** Text as its UTF-8 bytes, which is the order of code points; case, accents and spaces matter. */
    record Text(byte[] utf8) implements Constant {
        @Override
        public int compare(byte[] bytes, int from, int to) {
            if (bytes[from] != '"') {
                // the number 0 of an ENUM, which is the empty text
                return utf8.length == 0 ? 0 : -1;
            }
            for (int i = from + 1; i < to - 1; i++) {
                if (bytes[i] == '\\') {
                    byte[] plain = CellText.decode(bytes, from, to).getBytes(StandardCharsets.UTF_8);
                    return Arrays.compareUnsigned(plain, utf8);
                }
            }
            return Arrays.compareUnsigned(bytes, from + 1, to - 1, utf8, 0, utf8.length);
        }
    }

    /** Dates, with or without a time; what a cell lacks of it is zero. */
    record Moment(byte[] digits) implements Constant {
        private static final String START = "0000-00-00 00:00:00.000000";
        private static final Pattern FORM =
                Pattern.compile("\\d{4}-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?)?");

        @Override
        public int compare(byte[] bytes, int from, int to) {
            for (int i = 0; i < digits.length; i++) {
                int at = from + 1 + i;
                int cell = at < to - 1 ? bytes[at] : START.charAt(i);
                if (cell != digits[i]) {
                    return cell - digits[i];
                }
            }
            return 0;
        }
    }

    /** TIME, which may be negative and longer than a day. */
    record Duration(long micros) implements Constant {
        private static final Pattern FORM = Pattern.compile("-?\\d{2,3}:\\d\\d:\\d\\d(\\.\\d{1,6})?");
        private static final int FRACTION_DIGITS = 6;

        @Override
        public int compare(byte[] bytes, int from, int to) {
            return Long.compare(micros(bytes, from + 1, to - 1), micros);
        }

        static long micros(byte[] text, int from, int to) {
            boolean negative = text[from] == '-';
            long seconds = 0;
            long part = 0;
            int fraction = -1;
            for (int i = negative ? from + 1 : from; i < to; i++) {
                if (text[i] == ':') {
                    seconds = (seconds + part) * 60;
                    part = 0;
                } else if (text[i] == '.') {
                    seconds += part;
                    part = 0;
                    fraction = 0;
                } else {
                    part = part * 10 + text[i] - '0';
                    fraction += fraction < 0 ? 0 : 1;
                }
            }
            if (fraction < 0) {
                seconds += part;
                part = 0;
                fraction = 0;
            }
            for (; fraction < FRACTION_DIGITS; fraction++) {
                part *= 10;
            }
            long micros = seconds * 1_000_000 + part;
            return negative ? -micros : micros;
        }
    }
}
