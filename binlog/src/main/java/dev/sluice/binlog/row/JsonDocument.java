package dev.sluice.binlog.row;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Renders MySQL's binary JSON as the text that CAST(doc AS CHAR) gives, escaped for the JSON string that holds it.
 *
 * <p>Source: MySQL sources, sql/json_binary.h for the format, sql/json_dom.cc for the text.
 */
final class JsonDocument {
    private static final int MAX_DEPTH = 110;
    /** A control character takes seven: it is escaped twice. */
    private static final long MOST_PER_BYTE = 8;

    private static final int SHORTEST = 64;
    static final int LARGE_OBJECT = 0x01;
    static final int LARGE_ARRAY = 0x03;
    private static final int LITERAL = 0x04;
    private static final int INT16 = 0x05;
    private static final int UINT16 = 0x06;
    private static final int INT32 = 0x07;
    private static final int UINT32 = 0x08;
    private static final int TYPE_DATE = 10;
    private static final int TYPE_TIME = 11;
    private static final int TYPE_DATETIME = 12;
    private static final int TYPE_TIMESTAMP = 7;
    private static final int TYPE_DECIMAL = 246;

    private final JsonBuffer scratch = new JsonBuffer();
    private JsonBuffer out = scratch;
    private byte[] in = new byte[0];
    private int limit;
    private int budget;
    private long mostWritten;

    /** Appends a document without quotes around it; an empty slice is what ALTER TABLE leaves for a null document. */
    void render(JsonBuffer target, byte[] bytes, int from, int to) {
        out = target;
        in = bytes;
        limit = to;
        // every value has an entry of its own, so a document that goes on longer refers to its parts twice
        budget = to - from;
        mostWritten = target.size + MOST_PER_BYTE * (to - from) + SHORTEST;
        if (from == to) {
            out.nullValue();
        } else {
            value(in[from] & 0xff, from + 1, 0);
        }
    }

    /** Appends a value of which the type stands elsewhere. */
    void renderValue(JsonBuffer target, byte[] bytes, int type, int at, int to) {
        out = target;
        in = bytes;
        limit = to;
        budget = to;
        mostWritten = target.size + MOST_PER_BYTE * to + SHORTEST;
        value(type, at, 0);
    }

    /** Whether a container holds values of the type in place of their offset. */
    static boolean inline(int type, boolean large) {
        return type == LITERAL || type == INT16 || type == UINT16 || large && (type == INT32 || type == UINT32);
    }

    private void value(int type, int at, int depth) {
        if (budget-- < 0 || out.size > mostWritten) {
            throw new IllegalArgumentException("JSON document that contains itself");
        }
        switch (type) {
            case 0x00, 0x01 -> container(at, type == 0x01, true, depth);
            case 0x02, 0x03 -> container(at, type == 0x03, false, depth);
            case LITERAL -> literal(in[check(at, 1)]);
            case INT16 -> out.number((short) little(at, 2));
            case UINT16 -> out.number(little(at, 2));
            case INT32 -> out.number((int) little(at, 4));
            case UINT32 -> out.number(little(at, 4));
            case 0x09 -> out.number(little(at, 8));
            case 0x0a -> out.unsigned(little(at, 8));
            case 0x0b -> real(Double.longBitsToDouble(little(at, 8)));
            case 0x0c -> {
                int length = variableLength(at);
                int start = at + prefix(at);
                check(start, length);
                out.quotedTwice(in, start, start + length);
            }
            case 0x0f -> opaque(at);
            default -> throw new IllegalArgumentException("JSON value of unknown type " + type);
        }
    }

    private void container(int base, boolean large, boolean object, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON document deeper than " + MAX_DEPTH);
        }
        int width = large ? 4 : 2;
        check(base, 2 * width);
        int count = offset(base, large);
        int size = offset(base + width, large);
        check(base, size);
        int key = base + 2 * width;
        int entry = object ? key + count * (width + 2) : key;
        check(key, (long) count * (object ? width + 2 : 0) + (long) count * (width + 1));
        out.ascii(object ? '{' : '[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.pair(',', ' ');
            }
            if (object) {
                int start = base + offset(key, large);
                int length = (int) CellWriter.little(in, key + width, 2);
                check(start, length);
                out.quotedTwice(in, start, start + length);
                out.pair(':', ' ');
                key += width + 2;
            }
            int type = in[entry] & 0xff;
            value(type, inline(type, large) ? entry + 1 : base + offset(entry + 1, large), depth + 1);
            entry += width + 1;
        }
        out.ascii(object ? '}' : ']');
    }

    private void literal(int which) {
        out.ascii(
                switch (which) {
                    case 0 -> "null";
                    case 1 -> "true";
                    case 2 -> "false";
                    default -> throw new IllegalArgumentException("JSON literal " + which);
                });
    }

    private void real(double value) {
        int start = out.size;
        FloatText.writeDouble(out, value);
        for (int i = start; i < out.size; i++) {
            byte b = out.bytes[i];
            if (b == '.' || b == 'e') {
                return;
            }
        }
        // MySQL marks a double without a fraction so that it is not read back as an integer
        out.ascii(".0");
    }

    private void opaque(int at) {
        int type = in[check(at, 1)] & 0xff;
        int length = variableLength(at + 1);
        int start = at + 1 + prefix(at + 1);
        check(start, length);
        switch (type) {
            case TYPE_DECIMAL -> {
                int precision = in[check(start, 2)] & 0xff;
                int scale = in[start + 1] & 0xff;
                if (scale > precision || precision > 81) {
                    throw new IllegalArgumentException("JSON decimal(" + precision + "," + scale + ")");
                }
                check(start + 2, DecimalText.storedBytes(precision, scale));
                DecimalText.write(out, in, start + 2, precision, scale);
            }
            case TYPE_DATE, TYPE_TIME, TYPE_DATETIME, TYPE_TIMESTAMP -> {
                scratch.reset();
                temporal(type, little(start, 8));
                out.escaped(scratch.bytes, 0, scratch.size, false);
            }
            default -> {
                byte[] data = new byte[length];
                System.arraycopy(in, start, data, 0, length);
                byte[] base64 = Base64.getMimeEncoder(76, new byte[] {'\n'}).encode(data);
                byte[] head = ("base64:type" + type + ":").getBytes(StandardCharsets.US_ASCII);
                out.innerQuote();
                out.raw(head);
                out.escaped(base64, 0, base64.length, true);
                out.innerQuote();
            }
        }
    }

    /** A date or time with its quotes. */
    private void temporal(int type, long packed) {
        long magnitude = type == TYPE_TIME ? Math.abs(packed) : packed;
        int fraction = (int) (magnitude & 0xffffff);
        long whole = magnitude >> 24;
        if (type == TYPE_DATE) {
            int yearMonth = (int) (whole >> 22);
            TemporalText.date(scratch, yearMonth / 13 << 9 | yearMonth % 13 << 5 | (int) (whole >> 17 & 31));
        } else if (type == TYPE_TIME) {
            int time = (int) whole;
            TemporalText.signedTime(scratch, packed < 0, time >> 12 & 0x3ff, time >> 6 & 63, time & 63, fraction, 6);
        } else {
            TemporalText.packedDatetime(scratch, whole, fraction, 6);
        }
    }

    private int variableLength(int at) {
        int first = in[check(at, 1)];
        if (first >= 0) {
            return first;
        }
        long length = 0;
        for (int i = 0; i < 5; i++) {
            int b = in[check(at + i, 1)];
            length |= (long) (b & 0x7f) << 7 * i;
            if (b >= 0) {
                return toInt(length);
            }
        }
        throw new IllegalArgumentException("JSON length of more than 5 bytes");
    }

    private int prefix(int at) {
        int i = 0;
        while (in[at + i] < 0) {
            i++;
        }
        return i + 1;
    }

    private long little(int at, int width) {
        check(at, width);
        return CellWriter.little(in, at, width);
    }

    /** An offset or a size, of which the caller knows that it is within the document. */
    private int offset(int at, boolean large) {
        return large ? toInt(CellWriter.little(in, at, 4)) : (int) CellWriter.little(in, at, 2);
    }

    private static int toInt(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("JSON offset " + value);
        }
        return (int) value;
    }

    private int check(int at, long length) {
        if (at < 0 || length < 0 || at + length > limit) {
            throw new IllegalArgumentException("JSON document ends early");
        }
        return at;
    }
}
