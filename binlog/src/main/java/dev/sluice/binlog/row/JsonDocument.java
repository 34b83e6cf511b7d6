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
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
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

    /**
     * Writes a document without quotes around it; where it ends. An empty slice is what ALTER TABLE leaves for a null
     * document.
     */
    int render(JsonBuffer target, int put, byte[] bytes, int from, int to) {
        out = target;
        in = bytes;
        limit = to;
        // every value has an entry of its own, so a document that goes on longer refers to its parts twice
        budget = to - from;
        mostWritten = put + MOST_PER_BYTE * (to - from) + SHORTEST;
        return from == to ? out.nullValue(put) : value(put, in[from] & 0xff, from + 1, 0);
    }

    /** Writes a value of which the type stands elsewhere; where it ends. */
    int renderValue(JsonBuffer target, int put, byte[] bytes, int type, int at, int to) {
        out = target;
        in = bytes;
        limit = to;
        budget = to;
        mostWritten = put + MOST_PER_BYTE * to + SHORTEST;
        return value(put, type, at, 0);
    }

    /** Whether a container holds values of the type in place of their offset. */
    static boolean inline(int type, boolean large) {
        return type >= LITERAL && type <= (large ? UINT32 : UINT16);
    }

    private int value(int put, int type, int at, int depth) {
        if (budget-- < 0 || put > mostWritten) {
            throw new IllegalArgumentException("JSON document that contains itself");
        }
        return switch (type) {
            case 0x00, 0x01 -> container(put, at, type == 0x01, true, depth);
            case 0x02, 0x03 -> container(put, at, type == 0x03, false, depth);
            case LITERAL -> literal(put, in[check(at, 1)]);
            case INT16 -> out.number(put, (short) little(at, 2));
            case UINT16 -> out.number(put, little(at, 2));
            case INT32 -> out.number(put, (int) little(at, 4));
            case UINT32 -> out.number(put, little(at, 4));
            case 0x09 -> out.number(put, little(at, 8));
            case 0x0a -> out.unsigned(put, little(at, 8));
            case 0x0b -> real(put, Double.longBitsToDouble(little(at, 8)));
            case 0x0c -> {
                int first = in[check(at, 1)];
                int length = first >= 0 ? first : variableLength(at);
                int start = first >= 0 ? at + 1 : at + prefix(at);
                check(start, length);
                yield out.quotedTwice(put, in, start, start + length);
            }
            case 0x0f -> opaque(put, at);
            default -> throw new IllegalArgumentException("JSON value of unknown type " + type);
        };
    }

    private int container(int from, int base, boolean large, boolean object, int depth) {
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
        int put = out.ascii(from, object ? '{' : '[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                put = out.pair(put, ',', ' ');
            }
            if (object) {
                int start = base + offset(key, large);
                int length = (int) CellWriter.little(in, key + width, 2);
                check(start, length);
                put = out.quotedTwice(put, in, start, start + length);
                put = out.pair(put, ':', ' ');
                key += width + 2;
            }
            int type = in[entry] & 0xff;
            put = value(put, type, inline(type, large) ? entry + 1 : base + offset(entry + 1, large), depth + 1);
            entry += width + 1;
        }
        return out.ascii(put, object ? '}' : ']');
    }

    private int literal(int put, int which) {
        return switch (which) {
            case 0 -> out.nullValue(put);
            case 1 -> out.raw(put, TRUE);
            case 2 -> out.raw(put, FALSE);
            default -> throw new IllegalArgumentException("JSON literal " + which);
        };
    }

    private int real(int put, double value) {
        int end = FloatText.writeDouble(out, put, value);
        byte[] target = out.room(end, 2 + JsonBuffer.PIECE);
        for (int i = put; i < end; i++) {
            byte b = target[i];
            if (b == '.' || b == 'e') {
                return end;
            }
        }
        // MySQL marks a double without a fraction so that it is not read back as an integer
        target[end] = '.';
        target[end + 1] = '0';
        return end + 2;
    }

    private int opaque(int put, int at) {
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
                return DecimalText.write(out, put, in, start + 2, precision, scale);
            }
            case TYPE_DATE, TYPE_TIME, TYPE_DATETIME, TYPE_TIMESTAMP -> {
                return out.escaped(put, scratch.bytes, 0, temporal(type, little(start, 8)), false);
            }
            default -> {
                byte[] data = new byte[length];
                System.arraycopy(in, start, data, 0, length);
                byte[] base64 = Base64.getMimeEncoder(76, new byte[] {'\n'}).encode(data);
                byte[] head = ("\\\"base64:type" + type + ":").getBytes(StandardCharsets.US_ASCII);
                int end = out.escaped(out.raw(put, head), base64, 0, base64.length, true);
                return out.pair(end, '\\', '"');
            }
        }
    }

    /** Writes a date or time with its quotes into the scratch buffer; where it ends. */
    private int temporal(int type, long packed) {
        long magnitude = type == TYPE_TIME ? Math.abs(packed) : packed;
        int fraction = (int) (magnitude & 0xffffff);
        long whole = magnitude >> 24;
        if (type == TYPE_DATE) {
            int yearMonth = (int) (whole >> 22);
            return TemporalText.date(scratch, 0, yearMonth / 13 << 9 | yearMonth % 13 << 5 | (int) (whole >> 17 & 31));
        }
        if (type == TYPE_TIME) {
            int time = (int) whole;
            return TemporalText.signedTime(
                    scratch, 0, packed < 0, time >> 12 & 0x3ff, time >> 6 & 63, time & 63, fraction, 6);
        }
        return TemporalText.packedDatetime(scratch, 0, whole, fraction, 6);
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
