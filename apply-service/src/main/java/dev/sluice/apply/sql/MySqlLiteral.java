package dev.sluice.apply.sql;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Writes cells as SQL literals. Nothing it writes can end a literal early, whatever the server's sql_mode: in quotes a
 * quote is doubled, and text with a backslash, which only some modes take as an escape, is written in hexadecimal. In
 * UTF-8 neither byte is ever part of another character
 * (<a href="https://dev.mysql.com/doc/refman/8.4/en/string-literals.html">string literals</a>).
 */
final class MySqlLiteral {
    /** Above this, base64 for the server to decode is shorter than hexadecimal. */
    private static final int LONG_BINARY = 4_096;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);

    private MySqlLiteral() {}

    static void writeNull(LineBuffer out) {
        out.put(NULL);
    }

    /** A JSON number, or a JSON string of digits. */
    static void writeNumber(LineBuffer out, byte[] json, int from, int to) {
        int first = json[from] == '"' ? from + 1 : from;
        int end = json[from] == '"' ? to - 1 : to;
        if (first >= end) {
            throw new MalformedMessage("an empty number");
        }
        for (int i = first; i < end; i++) {
            byte b = json[i];
            if ((b < '0' || b > '9') && b != '-' && b != '+' && b != '.' && b != 'e' && b != 'E') {
                throw new MalformedMessage("a number with the character 0x" + Integer.toHexString(b & 0xff));
            }
        }
        out.put(json, first, end);
    }

    /** Whether a single-precision number's shortest digits, taken as a double, lie outside single precision. */
    static boolean isLargestFloat(byte[] json, int from, int to) {
        // only 3.4028235E38 does
        return to - from >= 12 && Math.abs(Float.parseFloat(CellText.decode(json, from, to))) == Float.MAX_VALUE;
    }

    /** A single-precision number as exactly that double: comparing finds it, which {@code 0.1} would not. */
    static void writeFloat(LineBuffer out, byte[] json, int from, int to) {
        double exact = Float.parseFloat(CellText.decode(json, from, to));
        String text = Double.toString(exact);
        out.ascii(text.indexOf('E') < 0 ? text + "E0" : text);
    }

    /** A JSON string. */
    static void writeText(LineBuffer out, byte[] json, int from, int to) {
        int quotes = 0;
        for (int i = from + 1; i < to - 1; i++) {
            if (json[i] == '\\') {
                writeEscaped(out, CellText.decode(json, from, to));
                return;
            }
            if (json[i] == '\'') {
                quotes++;
            }
        }
        out.put('\'');
        if (quotes == 0) {
            out.put(json, from + 1, to - 1);
        } else {
            putDoubling(out, json, from + 1, to - 1);
        }
        out.put('\'');
    }

    /** Base64 in a JSON string. */
    static void writeBinary(LineBuffer out, byte[] json, int from, int to) {
        if (to - from > LONG_BINARY) {
            for (int i = from + 1; i < to - 1; i++) {
                byte b = json[i];
                if (!(b >= 'A' && b <= 'Z'
                        || b >= 'a' && b <= 'z'
                        || b >= '0' && b <= '9'
                        || b == '+'
                        || b == '/'
                        || b == '=')) {
                    throw new MalformedMessage("base64 with the character 0x" + Integer.toHexString(b & 0xff));
                }
            }
            out.ascii("FROM_BASE64('").put(json, from + 1, to - 1).ascii("')");
            return;
        }
        byte[] base64 = java.util.Arrays.copyOfRange(json, from + 1, to - 1);
        try {
            writeHex(out, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage("a binary cell that is not base64");
        }
    }

    private static void writeEscaped(LineBuffer out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (text.indexOf('\\') < 0) {
            out.put('\'');
            putDoubling(out, utf8, 0, utf8.length);
            out.put('\'');
        } else {
            out.ascii("_utf8mb4 ");
            writeHex(out, utf8);
        }
    }

    private static void putDoubling(LineBuffer out, byte[] text, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (text[i] == '\'') {
                out.put(text, start, i + 1);
                start = i;
            }
        }
        out.put(text, start, to);
    }

    private static void writeHex(LineBuffer out, byte[] bytes) {
        byte[] digits = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = HEX[bytes[i] >> 4 & 15];
            digits[2 * i + 1] = HEX[bytes[i] & 15];
        }
        out.ascii("x'").put(digits, 0, digits.length).put('\'');
    }
}
