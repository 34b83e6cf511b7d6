package dev.sluice.binlog.row;

/**
 * Writes floating-point numbers with the fewest digits that read back as the same number, laid out as MySQL does: plain
 * digits for exponents from -15 to 15, else scientific.
 */
final class FloatText {
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final int PLAIN_BELOW = 15;

    private FloatText() {}

    static void writeDouble(JsonBuffer out, double value) {
        refuseNonFinite(value);
        sign(out, Double.doubleToRawLongBits(value) < 0);
        double magnitude = Math.abs(value);
        if (magnitude < 1e15 && magnitude >= 1e-5 || magnitude == 0) {
            for (int scale = 0; scale <= 9 && magnitude * POWERS[scale] < 1e15; scale++) {
                long digits = Math.round(magnitude * POWERS[scale]);
                if (digits / POWERS[scale] == magnitude) {
                    plain(out, digits, scale);
                    return;
                }
            }
        }
        layOut(out, shortest(Double.toString(magnitude), false));
    }

    static void writeFloat(JsonBuffer out, float value) {
        refuseNonFinite(value);
        sign(out, Float.floatToRawIntBits(value) < 0);
        float magnitude = Math.abs(value);
        if (magnitude < 1e6f && magnitude >= 1e-4f || magnitude == 0) {
            for (int scale = 0; scale <= 9 && magnitude * POWERS[scale] < 1e6; scale++) {
                long digits = Math.round(magnitude * POWERS[scale]);
                if ((float) (digits / POWERS[scale]) == magnitude) {
                    plain(out, digits, scale);
                    return;
                }
            }
        }
        layOut(out, shortest(Float.toString(magnitude), true));
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

    /** digits / 10^scale, where the fewest-digits rule has left no trailing zeros behind the point. */
    private static void plain(JsonBuffer out, long digits, int scale) {
        long whole = digits / (long) POWERS[scale];
        out.number(whole);
        if (scale > 0) {
            out.ensure(scale + 1);
            out.bytes[out.size++] = '.';
            out.padded((int) (digits - whole * (long) POWERS[scale]), scale);
        }
    }

    /** Digits and exponent of 0.ddd x 10^point. */
    private record Digits(String digits, int point) {}

    private static Digits shortest(String javaText, boolean single) {
        int e = javaText.indexOf('E');
        String mantissa = e < 0 ? javaText : javaText.substring(0, e);
        int exponent = e < 0 ? 0 : Integer.parseInt(javaText.substring(e + 1));
        int dot = mantissa.indexOf('.');
        String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
        int point = dot + exponent;
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        Digits found = trimmed(digits.substring(zeros), point - zeros);
        // before JDK 19 Java's text can be longer than it need be
        while (found.digits.length() > 1) {
            Digits shorter = rounded(found);
            boolean same = single
                    ? Float.parseFloat(text(shorter)) == Float.parseFloat(javaText)
                    : Double.parseDouble(text(shorter)) == Double.parseDouble(javaText);
            if (!same) {
                return found;
            }
            found = shorter;
        }
        return found;
    }

    private static String text(Digits digits) {
        return "0." + digits.digits + "E" + digits.point;
    }

    private static Digits trimmed(String digits, int point) {
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return new Digits(digits.substring(0, end), point);
    }

    private static Digits rounded(Digits from) {
        int keep = from.digits.length() - 1;
        long head = Long.parseLong(from.digits.substring(0, keep));
        if (from.digits.charAt(keep) >= '5') {
            head++;
        }
        String digits = Long.toString(head);
        return trimmed(digits, from.point + digits.length() - keep);
    }

    private static void layOut(JsonBuffer out, Digits found) {
        String digits = found.digits;
        int point = found.point;
        boolean plain = point > -PLAIN_BELOW && (point <= PLAIN_BELOW || digits.length() > point);
        if (!plain) {
            out.ascii(digits.charAt(0));
            if (digits.length() > 1) {
                out.ascii('.');
                out.ascii(digits.substring(1));
            }
            out.ascii('e');
            out.number(point - 1);
        } else if (point <= 0) {
            out.ascii("0.");
            out.ascii("0".repeat(-point));
            out.ascii(digits);
        } else if (digits.length() <= point) {
            out.ascii(digits);
            out.ascii("0".repeat(point - digits.length()));
        } else {
            out.ascii(digits.substring(0, point));
            out.ascii('.');
            out.ascii(digits.substring(point));
        }
    }
}
