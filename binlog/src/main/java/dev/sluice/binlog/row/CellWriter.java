package dev.sluice.binlog.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Writes one stored cell as JSON; one switch, no objects. */
final class CellWriter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final JsonDocument documents = new JsonDocument();

    /**
     * Writes the cell of a column whose bytes, without length prefix, are in[at .. at + length], at a place of the buffer.
     *
     * @return where it ends, with {@link JsonBuffer#PIECE} bytes more of room
     */
    int write(JsonBuffer out, int put, DecodePlan plan, int column, byte[] in, int at, int length) {
        return switch (plan.code()[column]) {
            case CellCode.INT8 -> out.number(put, in[at]);
            case CellCode.UINT8 -> out.number(put, in[at] & 0xff);
            case CellCode.INT16 -> out.number(put, (short) little(in, at, 2));
            case CellCode.UINT16 -> out.number(put, little(in, at, 2));
            case CellCode.INT24 -> out.number(put, (int) little(in, at, 3) << 8 >> 8);
            case CellCode.UINT24 -> out.number(put, little(in, at, 3));
            case CellCode.INT32 -> out.number(put, (int) little(in, at, 4));
            case CellCode.UINT32 -> out.number(put, little(in, at, 4));
            case CellCode.INT64 -> out.number(put, little(in, at, 8));
            case CellCode.UINT64 -> out.unsigned(put, little(in, at, 8));
            case CellCode.FLOAT -> FloatText.writeFloat(out, put, Float.intBitsToFloat((int) little(in, at, 4)));
            case CellCode.DOUBLE -> FloatText.writeDouble(out, put, Double.longBitsToDouble(little(in, at, 8)));
            case CellCode.DECIMAL -> {
                int inside = out.ascii(put, '"');
                yield out.ascii(
                        DecimalText.write(out, inside, in, at, plan.first()[column], plan.second()[column]), '"');
            }
            case CellCode.YEAR -> out.number(put, in[at] == 0 ? 0 : 1900 + (in[at] & 0xff));
            case CellCode.DATE -> TemporalText.date(out, put, (int) little(in, at, 3));
            case CellCode.OLD_TIME -> TemporalText.oldTime(out, put, (int) little(in, at, 3) << 8 >> 8);
            case CellCode.OLD_DATETIME -> TemporalText.oldDatetime(out, put, little(in, at, 8));
            case CellCode.OLD_TIMESTAMP -> TemporalText.epoch(out, put, little(in, at, 4), 0, 0);
            case CellCode.TIME -> TemporalText.time(out, put, in, at, plan.first()[column]);
            case CellCode.DATETIME -> TemporalText.datetime(out, put, in, at, plan.first()[column]);
            case CellCode.TIMESTAMP -> TemporalText.timestamp(out, put, in, at, plan.first()[column]);
            case CellCode.BIT -> out.unsigned(put, TemporalText.bigEndian(in, at, length));
            case CellCode.ENUM -> label(out, put, plan.labels()[column], (int) little(in, at, length));
            case CellCode.SET -> labels(out, put, plan.labels()[column], little(in, at, length));
            case CellCode.UTF8 -> out.quoted(put, in, at, at + length);
            case CellCode.TEXT -> plan.charsets()[column].quoted(out, put, in, at, at + length);
            case CellCode.BYTES ->
                Base64Text.write(out, put, in, at, at + length, Math.max(0, plan.first()[column] - length));
            case CellCode.JSON -> {
                int inside = out.ascii(put, '"');
                yield out.ascii(documents.render(out, inside, in, at, at + length), '"');
            }
            case CellCode.COMPRESSED_TEXT -> {
                byte[] plain = inflate(in, at, length);
                yield plan.charsets()[column].quoted(out, put, plain, 0, plain.length);
            }
            case CellCode.COMPRESSED_BYTES -> {
                byte[] plain = inflate(in, at, length);
                yield Base64Text.write(out, put, plain, 0, plain.length, 0);
            }
            default -> throw new IllegalStateException("no such cell code: " + plan.code()[column]);
        };
    }

    /** Writes a JSON cell from the document before and the changes that a partial update made to it. */
    int writeChanged(
            JsonBuffer out, int put, byte[] in, int documentStart, int documentEnd, int changesStart, int changesEnd) {
        JsonTree tree = JsonChanges.apply(in, documentStart, documentEnd, changesStart, changesEnd);
        return out.ascii(tree.render(out, out.ascii(put, '"'), documents), '"');
    }

    private static int label(JsonBuffer out, int put, byte[][] labels, int index) {
        return index == 0 ? out.ascii(put, '0') : out.raw(put, labels[index - 1]);
    }

    private static int labels(JsonBuffer out, int put, byte[][] labels, long bits) {
        int at = out.ascii(put, '"');
        boolean any = false;
        for (long left = bits; left != 0; left &= left - 1) {
            if (any) {
                at = out.ascii(at, ',');
            }
            at = out.raw(at, labels[Long.numberOfTrailingZeros(left)]);
            any = true;
        }
        return out.ascii(at, '"');
    }

    /** An unsigned number of 1 to 8 bytes, the lowest first. */
    static long little(byte[] in, int at, int width) {
        switch (width) {
            case 1:
                return in[at] & 0xff;
            case 2:
                return in[at] & 0xff | (in[at + 1] & 0xff) << 8;
            case 4:
                return (int) INT.get(in, at) & 0xffff_ffffL;
            case 8:
                return (long) LONG.get(in, at);
            default:
                long value = 0;
                for (int i = width - 1; i >= 0; i--) {
                    value = value << 8 | in[at + i] & 0xff;
                }
                return value;
        }
    }

    /**
     * A value of MariaDB's COMPRESSED columns: a byte with method, wrapping and width, the plain length big endian, and
     * zlib data; the method 0 stands for plain bytes. Source: MariaDB sources, sql/field_comp.cc.
     */
    private static byte[] inflate(byte[] in, int at, int length) {
        if (length == 0) {
            return new byte[0];
        }
        int head = in[at] & 0xff;
        if (head == 0) {
            byte[] plain = new byte[length - 1];
            System.arraycopy(in, at + 1, plain, 0, plain.length);
            return plain;
        }
        int width = head & 7;
        if (head >> 4 != 8 || width == 0 || width > 4 || width >= length) {
            throw new IllegalArgumentException("a COMPRESSED value with the unknown method " + (head >> 4));
        }
        long size = TemporalText.bigEndian(in, at + 1, width);
        if (size > 1032L * length + 64) {
            throw new IllegalArgumentException("a COMPRESSED value that claims " + size + " bytes");
        }
        Inflater inflater = new Inflater((head & 8) != 0);
        try {
            byte[] plain = new byte[(int) size];
            inflater.setInput(in, at + 1 + width, length - 1 - width);
            int done = 0;
            while (done < plain.length) {
                int got = inflater.inflate(plain, done, plain.length - done);
                if (got == 0) {
                    throw new IllegalArgumentException("a COMPRESSED value ends early");
                }
                done += got;
            }
            return plain;
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a COMPRESSED value is damaged", e);
        } finally {
            inflater.end();
        }
    }
}
